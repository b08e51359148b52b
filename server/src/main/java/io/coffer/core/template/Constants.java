package io.coffer.core.template;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Constants as Go spells them. Empty answers mean that it would not take them. */
final class Constants {
  private static final Pattern UNDERSCORED =
      Pattern.compile(
          "[+-]?(0[xX]_?[0-9a-fA-F]|0[bB]_?[01]|0[oO]_?[0-7]|[0-9]|\\.)(_?[0-9a-fA-FpP.+-])*");
  private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]*");
  private static final Pattern REAL =
      Pattern.compile(
          "[+-]?(([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?"
              + "|0[xX]([0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)[pP][+-]?[0-9]+)");

  /** Longer than any number that fits. */
  private static final int NUMBER_MAX = 1_000;

  private Constants() {}

  /** An int or a float; complex numbers are not taken. */
  static Optional<Value> number(String text) {
    if (text.length() > NUMBER_MAX
        || (text.contains("_") && !UNDERSCORED.matcher(text).matches())) {
      return Optional.empty();
    }
    String plain = text.replace("_", "");
    Optional<Value> integer = integer(plain);
    if (integer.isPresent() || !REAL.matcher(plain).matches()) {
      return integer;
    }
    double real = Double.parseDouble(plain);
    boolean looksReal = plain.contains(".") || plain.matches(".*[eEpP].*");
    return looksReal && !Double.isInfinite(real)
        ? Optional.of(new Value.Real(real))
        : Optional.empty();
  }

  private static Optional<Value> integer(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    String lower = digits.toLowerCase(Locale.ROOT);
    int radix = lower.startsWith("0x") ? 16 : lower.startsWith("0b") ? 2 : 8;
    String number = lower;
    if (lower.startsWith("0x") || lower.startsWith("0b") || lower.startsWith("0o")) {
      number = lower.substring(2);
    } else if (DECIMAL.matcher(lower).matches()) {
      radix = 10;
    }
    if (number.isEmpty() || !isDigits(number, radix)) {
      return Optional.empty();
    }
    BigInteger value = new BigInteger(negative ? "-" + number : number, radix);
    return value.bitLength() < Long.SIZE
        ? Optional.of(new Value.Int(value.longValue()))
        : Optional.empty();
  }

  private static boolean isDigits(String text, int radix) {
    return text.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0);
  }

  /** A character in single quotes, as the number it is. */
  static Optional<Value> character(String quoted) {
    Text text = Text.of(quoted);
    Unquoting unquoting = new Unquoting(text, '\'');
    return unquoting.more() && unquoting.step() && !unquoting.more()
        ? Optional.of(new Value.Int(unquoting.value()))
        : Optional.empty();
  }

  /** Whether there is a character in the quotes, and something behind it. */
  static boolean beginsWithCharacter(String quoted) {
    Unquoting unquoting = new Unquoting(Text.of(quoted), '\'');
    return unquoting.more() && unquoting.step();
  }

  /** A string in double quotes or backquotes. */
  static Optional<Text> unquoted(Memory memory, Text quoted) {
    if (quoted.at(0) == '`') {
      return Optional.of(raw(memory, quoted.part(1, quoted.length() - 1)));
    }
    Text inner = quoted.part(1, quoted.length() - 1);
    if (isPlain(inner)) {
      return Optional.of(inner);
    }
    Buffer out = new Buffer(memory, Expansion.MEMORY_MAX);
    Unquoting unquoting = new Unquoting(quoted, '"');
    while (unquoting.more()) {
      if (!unquoting.step()) {
        return Optional.empty();
      }
      if (unquoting.isByte()) {
        out.add(unquoting.value());
      } else {
        out.rune(unquoting.value());
      }
    }
    return Optional.of(out.text());
  }

  /** What is in backquotes has no carriage returns. */
  private static Text raw(Memory memory, Text text) {
    Buffer out = new Buffer(memory, Expansion.MEMORY_MAX);
    for (int i = 0; i < text.length(); i++) {
      if (text.at(i) != '\r') {
        out.add(text.at(i));
      }
    }
    return out.text();
  }

  private static boolean isPlain(Text text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.at(i) == '\\' || text.at(i) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Goes through what is between quotes, a character at a time. */
  private static final class Unquoting {
    private final Text in;
    private final int quote;
    private final int end;
    private int at = 1;
    private int value;
    private boolean octet;

    Unquoting(Text in, int quote) {
      this.in = in;
      this.quote = quote;
      this.end = in.length() - 1;
    }

    boolean more() {
      return at < end;
    }

    int value() {
      return value;
    }

    /** Whether the value is a byte rather than a character. */
    boolean isByte() {
      return octet;
    }

    /** Takes the next one; false if it is none. */
    boolean step() {
      octet = false;
      if (in.at(at) != '\\') {
        int from = in.from() + at;
        int to = in.from() + end;
        value = Utf8.rune(in.bytes(), from, to);
        at += Utf8.width(in.bytes(), from, to);
        return value != quote;
      }
      if (at + 1 >= end) {
        return false;
      }
      byte escape = in.at(at + 1);
      at += 2;
      return switch (escape) {
        case 'a' -> is(0x07);
        case 'b' -> is('\b');
        case 'f' -> is('\f');
        case 'n' -> is('\n');
        case 'r' -> is('\r');
        case 't' -> is('\t');
        case 'v' -> is(0x0b);
        case '\\' -> is('\\');
        case '\'', '"' -> escape == quote && is(escape);
        case 'x' -> digits(2, 16) && isByte(true);
        case 'u' -> digits(4, 16) && Utf8.isRune(value);
        case 'U' -> digits(8, 16) && Utf8.isRune(value);
        case '0', '1', '2', '3', '4', '5', '6', '7' -> {
          at--;
          yield digits(3, 8) && value <= 0xff && isByte(true);
        }
        default -> false;
      };
    }

    private boolean is(int character) {
      value = character;
      return true;
    }

    private boolean isByte(boolean whether) {
      octet = whether;
      return whether;
    }

    private boolean digits(int count, int radix) {
      value = 0;
      for (int i = 0; i < count; i++) {
        int digit = at < end ? Character.digit(in.at(at) & 0xff, radix) : -1;
        if (digit < 0 || in.at(at) < 0) {
          return false;
        }
        value = value * radix + digit;
        at++;
      }
      return true;
    }
  }
}
