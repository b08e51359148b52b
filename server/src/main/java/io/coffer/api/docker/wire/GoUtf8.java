package io.coffer.api.docker.wire;

import java.nio.charset.StandardCharsets;

/**
 * UTF-8 as Go reads it: every byte that does not start a well-formed character becomes U+FFFD on
 * its own. Java's decoder takes a broken sequence for one, which would shift positions and lengths.
 */
final class GoUtf8 {
  private static final byte[] REPLACEMENT = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};

  private GoUtf8() {}

  /** The bytes of the well-formed character at {@code at}, 1 to 4; 0 if there is none. */
  static int width(byte[] in, int at, int to) {
    int lead = in[at] & 0xff;
    if (lead < 0x80) {
      return 1;
    }
    int width = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (lead < 0xc2 || lead > 0xf4 || at + width > to) {
      return 0;
    }
    int second = in[at + 1] & 0xff;
    int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) {
      return 0;
    }
    for (int i = 2; i < width; i++) {
      if ((in[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return width;
  }

  /** Text of {@code in} from {@code from} to {@code to}. */
  static String decode(byte[] in, int from, int to) {
    int high = highBytes(in, from, to);
    if (high == 0) {
      return new String(in, from, to - from, StandardCharsets.ISO_8859_1);
    }
    byte[] out = new byte[to - from + 2 * high];
    int length = 0;
    for (int at = from; at < to; ) {
      int width = width(in, at, to);
      length = copy(in, at, width, out, length);
      at += Math.max(width, 1);
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }

  /** Copies the character {@link #width} has measured, or U+FFFD; returns the new length. */
  static int copy(byte[] in, int at, int width, byte[] out, int length) {
    if (width == 0) {
      System.arraycopy(REPLACEMENT, 0, out, length, REPLACEMENT.length);
      return length + REPLACEMENT.length;
    }
    for (int i = 0; i < width; i++) {
      out[length + i] = in[at + i];
    }
    return length + width;
  }

  /** Writes {@code codePoint}, which is no surrogate; returns the new length. */
  static int put(int codePoint, byte[] out, int length) {
    int at = length;
    if (codePoint < 0x80) {
      out[at++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      out[at++] = (byte) (0xc0 | codePoint >> 6);
      out[at++] = continuation(codePoint);
    } else if (codePoint < 0x10000) {
      out[at++] = (byte) (0xe0 | codePoint >> 12);
      out[at++] = continuation(codePoint >> 6);
      out[at++] = continuation(codePoint);
    } else {
      out[at++] = (byte) (0xf0 | codePoint >> 18);
      out[at++] = continuation(codePoint >> 12);
      out[at++] = continuation(codePoint >> 6);
      out[at++] = continuation(codePoint);
    }
    return at;
  }

  /** How many bytes are not ASCII. */
  static int highBytes(byte[] in, int from, int to) {
    int high = 0;
    for (int i = from; i < to; i++) {
      high += in[i] >>> 31;
    }
    return high;
  }

  private static byte continuation(int bits) {
    return (byte) (0x80 | (bits & 0x3f));
  }
}
