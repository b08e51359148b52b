package io.coffer.crypto.seal;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.coffer.crypto.seal.TokenModule.Call;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a key stays in its token. The platform's provider tells only whether it hands the bytes
 * out; of a key that is sensitive and yet extractable it hands out none, though the token would
 * give the key to whoever asks for it wrapped.
 */
final class TokenKey {
  private static final long SECRET_KEY = 4;
  private static final long CLASS = 0x000;
  private static final long LABEL = 0x003;
  private static final long SENSITIVE = 0x103;
  private static final long EXTRACTABLE = 0x162;
  private static final long SERIAL_SESSION = 4;
  private static final int KEYS_MAX = 16;

  /** {@code CK_ATTRIBUTE}: type, value, and its length in bytes. */
  private static final MemoryLayout ATTRIBUTE =
      structLayout(TokenModule.LONG, ADDRESS, TokenModule.LONG);

  private static final long VALUE_AT = TokenModule.LONG.byteSize();
  private static final long LENGTH_AT = VALUE_AT + ADDRESS.byteSize();

  private final TokenModule module;
  private final Arena arena;
  private final long session;

  private TokenKey(TokenModule module, Arena arena, long session) {
    this.module = module;
    this.arena = arena;
    this.session = session;
  }

  /**
   * Whether every secret key of that label is sensitive and not extractable. Somebody must be
   * logged in to the token.
   *
   * @throws SealException if there is none, or the module does not say
   */
  static boolean stays(Path module, long slot, String label) {
    return TokenModule.use(
        module,
        (loaded, arena) -> {
          MemorySegment session = arena.allocate(TokenModule.LONG);
          loaded.require(
              Call.OPEN_SESSION,
              (long)
                  loaded
                      .function(
                          Call.OPEN_SESSION,
                          TokenModule.LONG,
                          TokenModule.LONG,
                          ADDRESS,
                          ADDRESS,
                          ADDRESS)
                      .invokeExact(
                          slot, SERIAL_SESSION, MemorySegment.NULL, MemorySegment.NULL, session));
          TokenKey keys = new TokenKey(loaded, arena, session.get(TokenModule.LONG, 0));
          try {
            return keys.stay(label);
          } finally {
            keys.end(Call.CLOSE_SESSION);
          }
        });
  }

  private boolean stay(String label) throws Throwable {
    List<Long> keys = find(label);
    if (keys.isEmpty()) {
      throw new SealException("the token has no secret key with the label " + label);
    }
    for (long key : keys) {
      if (!is(key, SENSITIVE) || is(key, EXTRACTABLE)) {
        return false;
      }
    }
    return true;
  }

  private List<Long> find(String label) throws Throwable {
    MemorySegment wanted = arena.allocate(ATTRIBUTE, 2);
    MemorySegment kind = arena.allocate(TokenModule.LONG);
    kind.set(TokenModule.LONG, 0, SECRET_KEY);
    fill(wanted, CLASS, kind);
    byte[] text = label.getBytes(UTF_8);
    fill(wanted.asSlice(ATTRIBUTE.byteSize()), LABEL, arena.allocateFrom(JAVA_BYTE, text));
    module.require(
        Call.FIND_OBJECTS_INIT,
        (long)
            module
                .function(Call.FIND_OBJECTS_INIT, TokenModule.LONG, ADDRESS, TokenModule.LONG)
                .invokeExact(session, wanted, 2L));
    try {
      MemorySegment found = arena.allocate(TokenModule.LONG, KEYS_MAX);
      MemorySegment count = arena.allocate(TokenModule.LONG);
      module.require(
          Call.FIND_OBJECTS,
          (long)
              module
                  .function(Call.FIND_OBJECTS, TokenModule.LONG, ADDRESS, TokenModule.LONG, ADDRESS)
                  .invokeExact(session, found, (long) KEYS_MAX, count));
      List<Long> keys = new ArrayList<>();
      for (int i = 0; i < count.get(TokenModule.LONG, 0); i++) {
        keys.add(found.getAtIndex(TokenModule.LONG, i));
      }
      return keys;
    } finally {
      end(Call.FIND_OBJECTS_FINAL);
    }
  }

  private boolean is(long key, long attribute) throws Throwable {
    MemorySegment asked = arena.allocate(ATTRIBUTE);
    MemorySegment value = arena.allocate(JAVA_BYTE);
    fill(asked, attribute, value);
    module.require(
        Call.GET_ATTRIBUTE_VALUE,
        (long)
            module
                .function(
                    Call.GET_ATTRIBUTE_VALUE,
                    TokenModule.LONG,
                    TokenModule.LONG,
                    ADDRESS,
                    TokenModule.LONG)
                .invokeExact(session, key, asked, 1L));
    return value.get(JAVA_BYTE, 0) != 0;
  }

  private static void fill(MemorySegment attribute, long type, MemorySegment value) {
    attribute.set(TokenModule.LONG, 0, type);
    attribute.set(ADDRESS, VALUE_AT, value);
    attribute.set(TokenModule.LONG, LENGTH_AT, value.byteSize());
  }

  private void end(Call call) throws Throwable {
    module.require(call, (long) module.function(call, TokenModule.LONG).invokeExact(session));
  }
}
