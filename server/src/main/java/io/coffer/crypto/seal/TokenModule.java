package io.coffer.crypto.seal;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * A PKCS#11 module, for the few calls that the platform's provider does not make: of PKCS#11 2.40,
 * as Unix systems lay it out. All its numbers are of the width of {@link #LONG}.
 */
@SuppressWarnings("restricted") // A module is native code, trusted by being named in the setting.
final class TokenModule {
  /** {@code CK_ULONG}. */
  static final ValueLayout.OfLong LONG = JAVA_LONG;

  private static final long OK = 0;
  private static final long ALREADY_INITIALIZED = 0x191;
  private static final long OS_LOCKING = 2;

  /** Places in {@code CK_FUNCTION_LIST}, whose first word is the version. */
  enum Call {
    INITIALIZE(1, "C_Initialize"),
    GET_SLOT_LIST(5, "C_GetSlotList"),
    GET_TOKEN_INFO(7, "C_GetTokenInfo"),
    OPEN_SESSION(13, "C_OpenSession"),
    CLOSE_SESSION(14, "C_CloseSession"),
    GET_ATTRIBUTE_VALUE(25, "C_GetAttributeValue"),
    FIND_OBJECTS_INIT(27, "C_FindObjectsInit"),
    FIND_OBJECTS(28, "C_FindObjects"),
    FIND_OBJECTS_FINAL(29, "C_FindObjectsFinal");

    private static final int LAST = 29;

    private final int at;
    private final String named;

    Call(int at, String named) {
      this.at = at;
      this.named = named;
    }
  }

  /** What is to be done with a module; native calls declare that they throw anything. */
  @FunctionalInterface
  interface Use<T> {
    T with(TokenModule module, Arena arena) throws Throwable;
  }

  private static final MemoryLayout INITIALIZE_ARGUMENTS =
      structLayout(ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);

  private final Path path;
  private final MemorySegment functions;

  private TokenModule(Path path, MemorySegment functions) {
    this.path = path;
    this.functions = functions;
  }

  /**
   * Loads the module, if it is not loaded, and uses it.
   *
   * @throws SealException if it is none, or {@code use} says so
   */
  static <T> T use(Path path, Use<T> use) {
    try (Arena arena = Arena.ofConfined()) {
      // A module stays loaded: taking it away under the provider would bring the process down.
      SymbolLookup symbols = SymbolLookup.libraryLookup(path, Arena.global());
      MemorySegment found = arena.allocate(ADDRESS);
      MethodHandle list =
          Linker.nativeLinker()
              .downcallHandle(
                  symbols.find("C_GetFunctionList").orElseThrow(() -> noModule(path)),
                  FunctionDescriptor.of(JAVA_LONG, ADDRESS));
      require(path, "C_GetFunctionList", (long) list.invokeExact(found));
      MemorySegment functions =
          found.get(ADDRESS, 0).reinterpret((Call.LAST + 1) * ADDRESS.byteSize());
      TokenModule module = new TokenModule(path, functions);
      module.initialize(arena);
      return use.with(module, arena);
    } catch (SealException | Error e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw noModule(path);
    } catch (Throwable e) {
      throw new AssertionError("a call into the PKCS#11 module", e);
    }
  }

  private static SealException noModule(Path path) {
    return new SealException("there is no PKCS#11 module for this machine at " + path);
  }

  private void initialize(Arena arena) throws Throwable {
    MemorySegment arguments = arena.allocate(INITIALIZE_ARGUMENTS);
    arguments.set(JAVA_LONG, 4 * ADDRESS.byteSize(), OS_LOCKING);
    long result = (long) function(Call.INITIALIZE, ADDRESS).invokeExact(arguments);
    if (result != ALREADY_INITIALIZED) {
      require(Call.INITIALIZE, result);
    }
  }

  Path path() {
    return path;
  }

  /** A function that takes these and returns a {@code CK_RV}, as a long. */
  MethodHandle function(Call call, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(
            functions.getAtIndex(ADDRESS, call.at), FunctionDescriptor.of(JAVA_LONG, arguments));
  }

  static boolean isOk(long result) {
    return result == OK;
  }

  /** Throws {@link SealException} unless the call went well. */
  void require(Call call, long result) {
    require(path, call.named, result);
  }

  private static void require(Path path, String call, long result) {
    if (!isOk(result)) {
      throw new SealException(
          "the PKCS#11 module %s answered %s with error 0x%x".formatted(path, call, result));
    }
  }
}
