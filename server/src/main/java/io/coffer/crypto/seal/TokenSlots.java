package io.coffer.crypto.seal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.coffer.crypto.seal.TokenModule.Call;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * In which slot of a PKCS#11 module a token is. The platform's provider takes a slot's number only,
 * which modules choose anew as they like; people give their tokens labels.
 */
final class TokenSlots {
  private static final int SLOTS_MAX = 1024;
  private static final int LABEL_LENGTH = 32;

  /** {@code CK_TOKEN_INFO} begins with the label and is 208 bytes long; this is room enough. */
  private static final int TOKEN_INFO_ROOM = 512;

  private static final byte TOKEN_PRESENT = 1;

  private TokenSlots() {}

  /**
   * The number of the slot that has the token.
   *
   * @throws SealException if the module is none, or has no such token, or more than one
   */
  static long find(Path module, String token) {
    return TokenModule.use(module, (loaded, arena) -> find(loaded, arena, token));
  }

  private static long find(TokenModule module, Arena arena, String token) throws Throwable {
    List<Long> fitting = new ArrayList<>();
    for (long slot : slots(module, arena)) {
      if (label(module, arena, slot).equals(token)) {
        fitting.add(slot);
      }
    }
    if (fitting.size() != 1) {
      throw new SealException(
          "the PKCS#11 module %s has %s token with the label %s"
              .formatted(module.path(), fitting.isEmpty() ? "no" : "more than one", token));
    }
    return fitting.getFirst();
  }

  private static List<Long> slots(TokenModule module, Arena arena) throws Throwable {
    MemorySegment count = arena.allocate(TokenModule.LONG);
    count.set(TokenModule.LONG, 0, SLOTS_MAX);
    MemorySegment list = arena.allocate(TokenModule.LONG, SLOTS_MAX);
    module.require(
        Call.GET_SLOT_LIST,
        (long)
            module
                .function(Call.GET_SLOT_LIST, JAVA_BYTE, ADDRESS, ADDRESS)
                .invokeExact(TOKEN_PRESENT, list, count));
    List<Long> slots = new ArrayList<>();
    for (int i = 0; i < count.get(TokenModule.LONG, 0); i++) {
      slots.add(list.getAtIndex(TokenModule.LONG, i));
    }
    return slots;
  }

  /** Blank if the token has gone meanwhile: then it is not the one. */
  private static String label(TokenModule module, Arena arena, long slot) throws Throwable {
    MemorySegment info = arena.allocate(TOKEN_INFO_ROOM, TokenModule.LONG.byteAlignment());
    long result =
        (long)
            module.function(Call.GET_TOKEN_INFO, TokenModule.LONG, ADDRESS).invokeExact(slot, info);
    if (!TokenModule.isOk(result)) {
      return "";
    }
    byte[] label = info.asSlice(0, LABEL_LENGTH).toArray(JAVA_BYTE);
    return new String(label, UTF_8).stripTrailing();
  }
}
