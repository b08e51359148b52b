package io.coffer.crypto.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.coffer.Bytes;
import io.coffer.crypto.TamperedException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * A store header as bytes. Numbers are big-endian:
 *
 * <pre>
 *   6  "coffer"
 *   1  format, 1
 *   1  length of the store's id          n  id, ASCII
 *   1  length of the seal's kind         n  kind, ASCII
 *   1  length of the seal's fingerprint  n  fingerprint, ASCII
 *   2  length of the wrapped root key    n  wrapped root key
 *      up to here the front, to which the keyring is sealed
 *   n  sealed keyring, to the end
 * </pre>
 */
final class StoreHeaderCodec {
  private static final Bytes MAGIC = Bytes.utf8("coffer");
  private static final byte FORMAT = 1;
  private static final Pattern STORE_ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern KIND = Pattern.compile("[a-z0-9-]{1,32}");
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");
  private static final int WRAPPED_MAX = 8192;

  private StoreHeaderCodec() {}

  static Bytes encode(StoreHeader header) {
    return front(header).plus(header.sealedKeyring());
  }

  static Bytes front(StoreHeader header) {
    Bytes wrapped = header.wrappedRootKey();
    if (wrapped.length() > WRAPPED_MAX) {
      throw new AssertionError("a wrapped root key of more than " + WRAPPED_MAX + " bytes");
    }
    return MAGIC
        .plus(Bytes.copyOf(FORMAT))
        .plus(text(header.storeId(), STORE_ID))
        .plus(text(header.sealKind(), KIND))
        .plus(text(header.sealFingerprint(), FINGERPRINT))
        .plus(Bytes.copyOf((byte) (wrapped.length() >> Byte.SIZE), (byte) wrapped.length()))
        .plus(wrapped);
  }

  private static Bytes text(String text, Pattern form) {
    if (!form.matcher(text).matches()) {
      throw new AssertionError("a header with a part that is not " + form);
    }
    return Bytes.copyOf((byte) text.length()).plus(Bytes.utf8(text));
  }

  static StoreHeader decode(Bytes value) {
    if (!value.startsWith(MAGIC) || value.length() == MAGIC.length()) {
      throw notOurs();
    }
    if (value.at(MAGIC.length()) != FORMAT) {
      throw new SealException(
          "this store was written in format %d, and this release reads format %d"
              .formatted(value.at(MAGIC.length()) & 0xff, FORMAT));
    }
    ByteBuffer in = ByteBuffer.wrap(value.shared());
    in.position(MAGIC.length() + 1);
    try {
      return new StoreHeader(
          text(in, STORE_ID),
          text(in, KIND),
          text(in, FINGERPRINT),
          bytes(in, in.getShort()),
          bytes(in, in.remaining()));
    } catch (BufferUnderflowException _) {
      throw notOurs();
    }
  }

  private static String text(ByteBuffer in, Pattern form) {
    byte[] bytes = new byte[in.get() & 0xff];
    in.get(bytes);
    String text = new String(bytes, US_ASCII);
    if (!form.matcher(text).matches()) {
      throw notOurs();
    }
    return text;
  }

  private static Bytes bytes(ByteBuffer in, int length) {
    if (length < 0) {
      throw notOurs();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return Bytes.takeOver(bytes);
  }

  private static TamperedException notOurs() {
    return new TamperedException("the header of the store is damaged, or not of a store of ours");
  }
}
