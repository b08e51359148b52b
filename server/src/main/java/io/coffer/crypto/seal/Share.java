package io.coffer.crypto.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.SecretBytes;
import io.coffer.crypto.Digest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One of the shares of a seal key, as a text that people keep, print and type:
 *
 * <pre>
 *   coffer-share-1:FINGERPRINT:INDEX:PART:CHECKSUM
 * </pre>
 *
 * <p>The fingerprint is of the seal key, 16 of {@code [0-9a-f]}; the index a number from 1; the
 * part 32 bytes in hex; the checksum the first 4 bytes, in hex, of the SHA-256 of all before its
 * colon. Capitals and blanks do not matter.
 */
final class Share implements AutoCloseable {
  private static final String PREFIX = "coffer-share-1:";
  private static final int FINGERPRINT_LENGTH = 16;
  private static final int PART_LENGTH = 32;
  private static final int CHECKSUM_LENGTH = 4;

  private final String fingerprint;
  private final int index;
  private final SecretBytes part;

  private Share(String fingerprint, int index, SecretBytes part) {
    this.fingerprint = fingerprint;
    this.index = index;
    this.part = part;
  }

  /** Copies the part. */
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // The share closes its part.
  static Share of(String fingerprint, int index, byte[] part) {
    return new Share(fingerprint, index, SecretBytes.takeOver(part.clone()));
  }

  String fingerprint() {
    return fingerprint;
  }

  int index() {
    return index;
  }

  SecretBytes part() {
    return part;
  }

  /** The text, which the caller must close. */
  @MustBeClosed
  SecretBytes text() {
    byte[] front = (PREFIX + fingerprint + ":" + index + ":").getBytes(US_ASCII);
    byte[] text = Arrays.copyOf(front, front.length + 2 * PART_LENGTH + 1 + 2 * CHECKSUM_LENGTH);
    int end = front.length + 2 * PART_LENGTH;
    part.lend(bytes -> {
      for (int i = 0; i < PART_LENGTH; i++) {
        text[front.length + 2 * i] = (byte) HexFormat.of().toHighHexDigit(bytes[i]);
        text[front.length + 2 * i + 1] = (byte) HexFormat.of().toLowHexDigit(bytes[i]);
      }
      return true;
    });
    text[end] = ':';
    byte[] checksum = checksum(text, end).getBytes(US_ASCII);
    System.arraycopy(checksum, 0, text, end + 1, checksum.length);
    return SecretBytes.takeOver(text);
  }

  private static String checksum(byte[] text, int end) {
    try (SecretBytes summed = SecretBytes.takeOver(Arrays.copyOf(text, end))) {
      return HexFormat.of().formatHex(Digest.sha256(summed).toByteArray(), 0, CHECKSUM_LENGTH);
    }
  }

  /**
   * The share that a text is of; the caller must close it.
   *
   * @throws SealException if it is none, which does not show what it is instead
   */
  @MustBeClosed
  static Share parse(SecretBytes text) {
    byte[] plain = text.lend(Share::plain);
    try {
      return parse(plain);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** Without blanks, and in small letters. */
  private static byte[] plain(byte[] text) {
    byte[] plain = new byte[text.length];
    int length = 0;
    for (byte each : text) {
      if (each > ' ') {
        plain[length++] = (byte) (each >= 'A' && each <= 'Z' ? each + ('a' - 'A') : each);
      }
    }
    byte[] exact = Arrays.copyOf(plain, length);
    Arrays.fill(plain, (byte) 0);
    return exact;
  }

  @MustBeClosed
  private static Share parse(byte[] text) {
    byte[] prefix = PREFIX.getBytes(US_ASCII);
    if (!startsWith(text, prefix)) {
      throw new SealException("this is no share: one begins with " + PREFIX);
    }
    int checksumAt = text.length - 2 * CHECKSUM_LENGTH;
    int partAt = checksumAt - 1 - 2 * PART_LENGTH;
    int indexAt = prefix.length + FINGERPRINT_LENGTH + 1;
    int indexLength = partAt - 1 - indexAt;
    if (indexLength < 1 || indexLength > 3) {
      throw new SealException(
          "this share is not whole: it has %d characters, and a share has 107 to 109"
              .formatted(text.length));
    }
    String checksum = new String(text, checksumAt, 2 * CHECKSUM_LENGTH, US_ASCII);
    if (text[checksumAt - 1] != ':' || !checksum.equals(checksum(text, checksumAt - 1))) {
      throw new SealException("this share has a typing error: its checksum does not fit");
    }
    // What the checksum is right of was written by us, or by whoever wants to be refused later.
    byte[] part = new byte[PART_LENGTH];
    try {
      for (int i = 0; i < PART_LENGTH; i++) {
        part[i] =
            (byte)
                (HexFormat.fromHexDigit(text[partAt + 2 * i]) << 4
                    | HexFormat.fromHexDigit(text[partAt + 2 * i + 1]));
      }
      int index = Integer.parseInt(new String(text, indexAt, indexLength, US_ASCII));
      String fingerprint = new String(text, prefix.length, FINGERPRINT_LENGTH, US_ASCII);
      if (index >= 1 && index <= SharesSeal.SHARES_MAX) {
        return of(fingerprint, index, part);
      }
    } catch (NumberFormatException _) {
      // Not of the form, and no word of what it is instead.
    } finally {
      Arrays.fill(part, (byte) 0);
    }
    throw new SealException("this share is not of the form FINGERPRINT:INDEX:PART:CHECKSUM");
  }

  private static boolean startsWith(byte[] text, byte[] prefix) {
    return text.length >= prefix.length
        && Arrays.equals(text, 0, prefix.length, prefix, 0, prefix.length);
  }

  @Override
  public void close() {
    part.close();
  }

  @Override
  public String toString() {
    return "Share[" + fingerprint + ", " + index + "]";
  }
}
