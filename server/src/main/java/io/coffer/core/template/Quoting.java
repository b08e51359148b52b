package io.coffer.core.template;

/** Go's quoted forms. */
final class Quoting {
  private static final String DIGITS = "0123456789abcdef";

  private Quoting() {}

  /** In double quotes; with {@code ascii}, whatever is outside of it as an escape. */
  static void text(Buffer out, Text text, boolean ascii) {
    out.add('"');
    for (int at = text.from(); at < text.to(); ) {
      int width = Utf8.width(text.bytes(), at, text.to());
      int rune = Utf8.rune(text.bytes(), at, text.to());
      if (width == 1 && rune == Utf8.BAD) {
        octet(out, text.bytes()[at]);
      } else {
        rune(out, rune, '"', ascii);
      }
      at += width;
    }
    out.add('"');
  }

  /** In single quotes. */
  static void character(Buffer out, long value, boolean ascii) {
    out.add('\'');
    rune(out, Utf8.isRune(value) ? (int) value : Utf8.BAD, '\'', ascii);
    out.add('\'');
  }

  private static void octet(Buffer out, int value) {
    out.add("\\x").add(DIGITS.charAt((value >> 4) & 0xf)).add(DIGITS.charAt(value & 0xf));
  }

  private static void rune(Buffer out, int rune, int quote, boolean ascii) {
    if (rune == quote || rune == '\\') {
      out.add('\\').add(rune);
    } else if (Utf8.isPrintable(rune) && (!ascii || rune < 0x80)) {
      out.rune(rune);
    } else {
      switch (rune) {
        case 0x07 -> out.add("\\a");
        case '\b' -> out.add("\\b");
        case '\f' -> out.add("\\f");
        case '\n' -> out.add("\\n");
        case '\r' -> out.add("\\r");
        case '\t' -> out.add("\\t");
        case 0x0b -> out.add("\\v");
        default -> {
          if (rune < ' ' || rune == 0x7f) {
            octet(out, rune);
          } else if (rune < 0x10000) {
            hex(out.add("\\u"), rune, 12);
          } else {
            hex(out.add("\\U"), rune, 28);
          }
        }
      }
    }
  }

  private static void hex(Buffer out, int value, int firstShift) {
    for (int shift = firstShift; shift >= 0; shift -= 4) {
      out.add(DIGITS.charAt((value >> shift) & 0xf));
    }
  }
}
