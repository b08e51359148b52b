package io.coffer.api.docker.wire;

import java.nio.charset.StandardCharsets;

/** Go's quoted forms, as its error texts show strange input: {@code "%zz"}, {@code '\x1f'}. */
final class GoQuote {
  private GoQuote() {}

  static String text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return text(utf8, 0, utf8.length);
  }

  /** In double quotes; bytes that are no UTF-8 show as {@code \xff}. */
  static String text(byte[] in, int from, int to) {
    StringBuilder out = new StringBuilder("\"");
    for (int at = from; at < to; ) {
      int width = GoUtf8.width(in, at, to);
      if (width == 0) {
        out.append("\\x").append("%02x".formatted(in[at]));
        at++;
      } else {
        append(out, new String(in, at, width, StandardCharsets.UTF_8).codePointAt(0), '"');
        at += width;
      }
    }
    return out.append('"').toString();
  }

  /** One character in single quotes. */
  static String character(int codePoint) {
    StringBuilder out = new StringBuilder("'");
    append(out, codePoint, '\'');
    return out.append('\'').toString();
  }

  private static void append(StringBuilder out, int c, char quote) {
    if (c == quote || c == '\\') {
      out.append('\\').appendCodePoint(c);
    } else if (isPrintable(c)) {
      out.appendCodePoint(c);
    } else {
      switch (c) {
        case 0x07 -> out.append("\\a");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case 0x0b -> out.append("\\v");
        default -> out.append((c < ' ' || c == 0x7f ? "\\x%02x" : form(c)).formatted(c));
      }
    }
  }

  private static String form(int c) {
    return c < 0x10000 ? "\\u%04x" : "\\U%08x";
  }

  /** Letters, marks, numbers, punctuation, symbols and the ASCII space. */
  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
