package io.coffer.api.docker.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A string within a checked JSON text, still as it was sent. It may be the payload, so it does not
 * print; {@link #text} is for those that are known not to be.
 */
final class JsonString {
  private final byte[] in;
  private final int from;
  private final int to;
  private final boolean plain;

  /** {@code from} to {@code to} is what stands between the quotes. */
  JsonString(byte[] in, int from, int to) {
    this.in = in;
    this.from = from;
    this.to = to;
    this.plain = isPlain(in, from, to);
  }

  private static boolean isPlain(byte[] in, int from, int to) {
    for (int i = from; i < to; i++) {
      if (in[i] == '\\' || in[i] < 0) {
        return false;
      }
    }
    return true;
  }

  String text() {
    if (plain) {
      return new String(in, from, to - from, StandardCharsets.ISO_8859_1);
    }
    byte[] out = new byte[unescapedMax()];
    return new String(out, 0, unescape(out), StandardCharsets.UTF_8);
  }

  /**
   * Whether this names the member {@code upper}, given in ASCII capitals. Case does not matter, nor
   * do the two characters outside of ASCII whose capitals are in it (long s, Kelvin sign).
   */
  boolean names(String upper) {
    if (plain) {
      return upper.length() == to - from && foldedEquals(upper);
    }
    String text = text();
    if (text.length() != upper.length()) {
      return false;
    }
    for (int i = 0; i < upper.length(); i++) {
      if (fold(text.charAt(i)) != upper.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean foldedEquals(String upper) {
    for (int i = 0; i < upper.length(); i++) {
      if (fold((char) in[from + i]) != upper.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static char fold(char c) {
    if (c >= 'a' && c <= 'z') {
      return (char) (c - 'a' + 'A');
    }
    return c == '\u017f' ? 'S' : c == '\u212a' ? 'K' : c;
  }

  /** Decodes base64 into {@code target}. No copy of the payload outlives the call. */
  void base64(DataField target) {
    if (plain) {
      target.decode(in, from, to);
      return;
    }
    byte[] unescaped = new byte[unescapedMax()];
    try {
      target.decode(unescaped, 0, unescape(unescaped));
    } finally {
      Arrays.fill(unescaped, (byte) 0);
    }
  }

  /** Every byte that is not UTF-8 may grow to three. */
  private int unescapedMax() {
    return to - from + 2 * GoUtf8.highBytes(in, from, to);
  }

  private int unescape(byte[] out) {
    int length = 0;
    for (int at = from; at < to; ) {
      if (in[at] != '\\') {
        int width = GoUtf8.width(in, at, to);
        length = GoUtf8.copy(in, at, width, out, length);
        at += Math.max(width, 1);
      } else if (in[at + 1] != 'u') {
        out[length++] = simpleEscape(in[at + 1]);
        at += 2;
      } else {
        int unit = unit(at);
        int codePoint = join(unit, at + 6);
        length = GoUtf8.put(codePoint, out, length);
        at += Character.isSupplementaryCodePoint(codePoint) ? 12 : 6;
      }
    }
    return length;
  }

  private static byte simpleEscape(byte c) {
    return (byte)
        switch (c) {
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          default -> c;
        };
  }

  /** {@code unit}, or the character it forms with the escape at {@code next}; alone, U+FFFD. */
  private int join(int unit, int next) {
    if (!Character.isSurrogate((char) unit)) {
      return unit;
    }
    if (next + 6 <= to && in[next] == '\\' && in[next + 1] == 'u') {
      char low = (char) unit(next);
      if (Character.isSurrogatePair((char) unit, low)) {
        return Character.toCodePoint((char) unit, low);
      }
    }
    return 0xfffd;
  }

  /** The UTF-16 unit of the escape {@code \}{@code uXXXX} at {@code at}. */
  private int unit(int at) {
    int unit = 0;
    for (int i = 2; i < 6; i++) {
      unit = unit << 4 | Hex.value(in[at + i]);
    }
    return unit;
  }

  @Override
  public String toString() {
    return "JsonString[" + (to - from) + "]";
  }
}
