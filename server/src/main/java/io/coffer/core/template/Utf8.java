package io.coffer.core.template;

/** UTF-8 as Go reads it: a byte that begins no character is U+FFFD on its own. */
final class Utf8 {
  static final int BAD = 0xfffd;
  private static final int SURROGATES_FROM = 0xd800;
  private static final int SURROGATES_TO = 0xdfff;

  private Utf8() {}

  static boolean isRune(long value) {
    return value >= 0
        && value <= Character.MAX_CODE_POINT
        && (value < SURROGATES_FROM || value > SURROGATES_TO);
  }

  /** The bytes of the character at {@code at}; 1 if there is none. */
  static int width(byte[] in, int at, int to) {
    int lead = in[at] & 0xff;
    int width = lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1;
    if (at + width > to) {
      return 1;
    }
    for (int i = 1; i < width; i++) {
      if ((in[at + i] & 0xc0) != 0x80) {
        return 1;
      }
    }
    return width == 1 || isWhole(decode(in, at, width), width) ? width : 1;
  }

  private static boolean isWhole(int rune, int width) {
    return isRune(rune) && rune >= (width == 2 ? 0x80 : width == 3 ? 0x800 : 0x10000);
  }

  private static int decode(byte[] in, int at, int width) {
    int rune = in[at] & (0xff >> (width + 1));
    for (int i = 1; i < width; i++) {
      rune = rune << 6 | (in[at + i] & 0x3f);
    }
    return rune;
  }

  /** The character at {@code at}, or {@link #BAD}. */
  static int rune(byte[] in, int at, int to) {
    int width = width(in, at, to);
    if (width > 1) {
      return decode(in, at, width);
    }
    return in[at] >= 0 ? in[at] : BAD;
  }

  static int count(byte[] in, int from, int to) {
    int count = 0;
    for (int at = from; at < to; at += width(in, at, to)) {
      count++;
    }
    return count;
  }

  /** Writes the character, {@link #BAD} if it is none; returns the new length. */
  static int put(int asked, byte[] out, int length) {
    int rune = isRune(asked) ? asked : BAD;
    int at = length;
    if (rune < 0x80) {
      out[at++] = (byte) rune;
    } else if (rune < 0x800) {
      out[at++] = (byte) (0xc0 | rune >> 6);
      out[at++] = tail(rune);
    } else if (rune < 0x10000) {
      out[at++] = (byte) (0xe0 | rune >> 12);
      out[at++] = tail(rune >> 6);
      out[at++] = tail(rune);
    } else {
      out[at++] = (byte) (0xf0 | rune >> 18);
      out[at++] = tail(rune >> 12);
      out[at++] = tail(rune >> 6);
      out[at++] = tail(rune);
    }
    return at;
  }

  private static byte tail(int bits) {
    return (byte) (0x80 | (bits & 0x3f));
  }

  /** Letters, marks, numbers, punctuation, symbols and the ASCII space. */
  static boolean isPrintable(int rune) {
    return switch (Character.getType(rune)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> rune == ' ';
      default -> true;
    };
  }
}
