package io.coffer.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.coffer.Bytes;
import java.util.Arrays;
import java.util.Base64;

/** Keys and certificates as text, RFC 7468: one block, lines of 64 characters. */
public final class Pem {
  public static final String CERTIFICATE = "CERTIFICATE";
  public static final String PRIVATE_KEY = "PRIVATE KEY";
  public static final String PUBLIC_KEY = "PUBLIC KEY";

  private static final int LINE_LENGTH = 64;

  private Pem() {}

  /** A text of ASCII, as an array so that it can be wiped. */
  public static byte[] encode(String label, byte[] der) {
    byte[] head = ("-----BEGIN " + label + "-----\n").getBytes(US_ASCII);
    byte[] foot = ("\n-----END " + label + "-----\n").getBytes(US_ASCII);
    byte[] body = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'}).encode(der);
    byte[] text = Arrays.copyOf(head, head.length + body.length + foot.length);
    System.arraycopy(body, 0, text, head.length, body.length);
    System.arraycopy(foot, 0, text, head.length + body.length, foot.length);
    Arrays.fill(body, (byte) 0);
    return text;
  }

  /**
   * What the first block of {@code text} holds.
   *
   * @throws TamperedException if there is no block of {@code label}
   */
  public static byte[] decode(String label, byte[] text) {
    byte[] head = ("-----BEGIN " + label + "-----").getBytes(US_ASCII);
    byte[] foot = ("-----END " + label + "-----").getBytes(US_ASCII);
    int from = indexOf(text, head, 0) + head.length;
    int to = indexOf(text, foot, from);
    if (from < head.length || to < from) {
      throw new TamperedException("not PEM of a " + label);
    }
    byte[] body = Arrays.copyOfRange(text, from, to);
    try {
      return Base64.getMimeDecoder().decode(body);
    } catch (IllegalArgumentException _) {
      throw new TamperedException("not PEM of a " + label);
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  /** As {@link #encode}, of what is no secret. */
  public static String text(String label, Bytes der) {
    return new String(encode(label, der.shared()), US_ASCII);
  }

  private static int indexOf(byte[] text, byte[] word, int from) {
    for (int i = from; i <= text.length - word.length; i++) {
      if (Arrays.equals(text, i, i + word.length, word, 0, word.length)) {
        return i;
      }
    }
    return -1;
  }
}
