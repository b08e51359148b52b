package io.coffer.crypto.seal;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * In which slot of a PKCS#11 module a token is. The platform's provider takes a slot's number only,
 * which modules choose anew as they like; people give their tokens labels. So the three calls that
 * tell are made here, of PKCS#11 2.40 as Unix systems lay it out.
 */
@SuppressWarnings("restricted") // A module is native code, trusted by being named in the setting.
final class TokenSlots {
  private static final int SLOTS_MAX = 1024;
  private static final int LABEL_LENGTH = 32;

  /** {@code CK_TOKEN_INFO} begins with the label and is 208 bytes long; this is room enough. */
  private static final int TOKEN_INFO_ROOM = 512;

  private static final long OK = 0;
  private static final long ALREADY_INITIALIZED = 0x191;
  private static final long OS_LOCKING = 2;
  private static final byte TOKEN_PRESENT = 1;

  /** Places in {@code CK_FUNCTION_LIST}, whose first word is the version. */
  private static final int INITIALIZE = 1;

  private static final int GET_SLOT_LIST = 5;
  private static final int GET_TOKEN_INFO = 7;
  private static final int FUNCTIONS = 8;

  private static final MemoryLayout INITIALIZE_ARGUMENTS =
      structLayout(ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);

  private final Path module;
  private final MemorySegment functions;

  private TokenSlots(Path module, MemorySegment functions) {
    this.module = module;
    this.functions = functions;
  }

  /**
   * The number of the slot that has the token.
   *
   * @throws SealException if the module is none, or has no such token, or more than one
   */
  static long find(Path module, String token) {
    try (Arena arena = Arena.ofConfined()) {
      // A module stays loaded: taking it away under the provider would bring the process down.
      SymbolLookup symbols = SymbolLookup.libraryLookup(module, Arena.global());
      MemorySegment found = arena.allocate(ADDRESS);
      MethodHandle list =
          Linker.nativeLinker()
              .downcallHandle(
                  symbols.find("C_GetFunctionList").orElseThrow(() -> noModule(module)),
                  FunctionDescriptor.of(JAVA_LONG, ADDRESS));
      require(module, "C_GetFunctionList", (long) list.invokeExact(found));
      MemorySegment functions =
          found.get(ADDRESS, 0).reinterpret((long) FUNCTIONS * ADDRESS.byteSize());
      return new TokenSlots(module, functions).find(token, arena);
    } catch (SealException | Error e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw noModule(module);
    } catch (Throwable e) {
      throw new AssertionError("a call into the PKCS#11 module", e);
    }
  }

  private static SealException noModule(Path module) {
    return new SealException("there is no PKCS#11 module for this machine at " + module);
  }

  private long find(String token, Arena arena) throws Throwable {
    MemorySegment arguments = arena.allocate(INITIALIZE_ARGUMENTS);
    arguments.set(JAVA_LONG, 4 * ADDRESS.byteSize(), OS_LOCKING);
    long initialized =
        (long)
            function(INITIALIZE, FunctionDescriptor.of(JAVA_LONG, ADDRESS)).invokeExact(arguments);
    if (initialized != ALREADY_INITIALIZED) {
      require(module, "C_Initialize", initialized);
    }
    List<Long> fitting = new ArrayList<>();
    for (long slot : slots(arena)) {
      if (label(slot, arena).equals(token)) {
        fitting.add(slot);
      }
    }
    if (fitting.size() != 1) {
      throw new SealException(
          "the PKCS#11 module %s has %s token with the label %s"
              .formatted(module, fitting.isEmpty() ? "no" : "more than one", token));
    }
    return fitting.getFirst();
  }

  private List<Long> slots(Arena arena) throws Throwable {
    MemorySegment count = arena.allocate(JAVA_LONG);
    count.set(JAVA_LONG, 0, SLOTS_MAX);
    MemorySegment list = arena.allocate(JAVA_LONG, SLOTS_MAX);
    MethodHandle slotList =
        function(GET_SLOT_LIST, FunctionDescriptor.of(JAVA_LONG, JAVA_BYTE, ADDRESS, ADDRESS));
    require(module, "C_GetSlotList", (long) slotList.invokeExact(TOKEN_PRESENT, list, count));
    List<Long> slots = new ArrayList<>();
    for (int i = 0; i < count.get(JAVA_LONG, 0); i++) {
      slots.add(list.getAtIndex(JAVA_LONG, i));
    }
    return slots;
  }

  /** Blank if the token has gone meanwhile: then it is not the one. */
  private String label(long slot, Arena arena) throws Throwable {
    MemorySegment info = arena.allocate(TOKEN_INFO_ROOM, JAVA_LONG.byteAlignment());
    MethodHandle tokenInfo =
        function(GET_TOKEN_INFO, FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS));
    if ((long) tokenInfo.invokeExact(slot, info) != OK) {
      return "";
    }
    byte[] label = info.asSlice(0, LABEL_LENGTH).toArray(JAVA_BYTE);
    return new String(label, UTF_8).stripTrailing();
  }

  private MethodHandle function(int at, FunctionDescriptor form) {
    return Linker.nativeLinker().downcallHandle(functions.getAtIndex(ADDRESS, at), form);
  }

  private static void require(Path module, String call, long result) {
    if (result != OK) {
      throw new SealException(
          "the PKCS#11 module %s answered %s with error 0x%x".formatted(module, call, result));
    }
  }
}
