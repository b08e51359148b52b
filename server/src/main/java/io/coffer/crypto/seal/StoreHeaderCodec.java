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
 *   1  format: 1, or 2 if the seal has parameters
 *   1  length of the store's id          n  id, ASCII
 *   1  length of the seal's kind         n  kind, ASCII
 *   1  length of the seal's fingerprint  n  fingerprint, ASCII
 *   2  length of the seal's parameters   n  parameters; in format 2 only
 *   2  length of the wrapped root key    n  wrapped root key
 *      up to here the front, to which the keyring is sealed
 *   n  sealed keyring, to the end
 * </pre>
 */
final class StoreHeaderCodec {
  private static final Bytes MAGIC = Bytes.utf8("coffer");
  private static final byte FORMAT = 1;

  /** Stores under a key file stay readable for releases that know nothing else. */
  private static final byte FORMAT_WITH_PARAMETERS = 2;

  private static final Pattern STORE_ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern KIND = Pattern.compile("[a-z0-9-]{1,32}");
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");
  private static final int WRAPPED_MAX = 8192;
  private static final int PARAMETERS_MAX = 1024;

  private StoreHeaderCodec() {}

  static Bytes encode(StoreHeader header) {
    return front(header).plus(header.sealedKeyring());
  }

  static Bytes front(StoreHeader header) {
    Bytes wrapped = header.wrappedRootKey();
    if (wrapped.length() > WRAPPED_MAX) {
      throw new AssertionError("a wrapped root key of more than " + WRAPPED_MAX + " bytes");
    }
    Bytes parameters = header.sealParameters();
    if (parameters.length() > PARAMETERS_MAX) {
      throw new AssertionError("parameters of a seal of more than " + PARAMETERS_MAX + " bytes");
    }
    return MAGIC
        .plus(Bytes.copyOf(parameters.isEmpty() ? FORMAT : FORMAT_WITH_PARAMETERS))
        .plus(text(header.storeId(), STORE_ID))
        .plus(text(header.sealKind(), KIND))
        .plus(text(header.sealFingerprint(), FINGERPRINT))
        .plus(parameters.isEmpty() ? Bytes.EMPTY : measured(parameters))
        .plus(measured(wrapped));
  }

  private static Bytes measured(Bytes part) {
    return Bytes.copyOf((byte) (part.length() >> Byte.SIZE), (byte) part.length()).plus(part);
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
    byte format = value.at(MAGIC.length());
    if (format != FORMAT && format != FORMAT_WITH_PARAMETERS) {
      throw new SealException(
          "this store was written in format %d, and this release reads formats %d and %d"
              .formatted(format & 0xff, FORMAT, FORMAT_WITH_PARAMETERS));
    }
    ByteBuffer in = ByteBuffer.wrap(value.shared());
    in.position(MAGIC.length() + 1);
    try {
      return new StoreHeader(
          text(in, STORE_ID),
          text(in, KIND),
          text(in, FINGERPRINT),
          format == FORMAT ? Bytes.EMPTY : parameters(in),
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

  /** Without any it would have been written in the first format. */
  private static Bytes parameters(ByteBuffer in) {
    int length = in.getShort();
    if (length == 0 || length > PARAMETERS_MAX) {
      throw notOurs();
    }
    return bytes(in, length);
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
