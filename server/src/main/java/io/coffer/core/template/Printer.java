package io.coffer.core.template;

import io.coffer.core.template.Value.Bool;
import io.coffer.core.template.Value.Int;
import io.coffer.core.template.Value.Labels;
import io.coffer.core.template.Value.Nothing;
import io.coffer.core.template.Value.Octet;
import io.coffer.core.template.Value.Real;
import io.coffer.core.template.Value.Structure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** Go's {@code fmt}: how values print, and the verbs of {@code printf}. */
final class Printer {
  static final String NO_VALUE = "<no value>";

  /** Go's own bound of widths and precisions. */
  private static final int WIDTH_MAX = 1_000_000;

  private static final int NONE = -1;

  /** No double has more digits behind its point. */
  private static final int FRACTION_MAX = 1_074;

  /** Exponents that {@code %g} shows: below, and from this on if no precision is asked for. */
  private static final int SMALL = -4;

  private static final int SHORTEST_LARGE = 6;

  private final Buffer out;

  Printer(Buffer out) {
    this.out = out;
  }

  /** As an action prints what it gives. */
  void print(Value value) {
    if (value instanceof Nothing) {
      out.add(NO_VALUE);
    } else if (value instanceof Structure(var struct, var _, var fields)) {
      verb(new Verb('v'), new Structure(struct, false, fields));
    } else {
      verb(new Verb('v'), value);
    }
  }

  /** Spaces only between what are no strings. */
  void printAll(List<Value> values) {
    for (int i = 0; i < values.size(); i++) {
      if (i > 0 && !(values.get(i) instanceof Text) && !(values.get(i - 1) instanceof Text)) {
        out.add(' ');
      }
      verb(new Verb('v'), values.get(i));
    }
  }

  void printLine(List<Value> values) {
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.add(' ');
      }
      verb(new Verb('v'), values.get(i));
    }
    out.add('\n');
  }

  /** A verb with its flags. */
  private static final class Verb {
    private int letter;
    private boolean sharp;
    private boolean plus;
    private boolean minus;
    private boolean zero;
    private boolean space;
    private int width = NONE;
    private int precision = NONE;

    Verb(int letter) {
      this.letter = letter;
    }

    boolean flag(int c) {
      switch (c) {
        case '#' -> sharp = true;
        case '0' -> zero = !minus;
        case '+' -> plus = true;
        case '-' -> {
          minus = true;
          zero = false;
        }
        case ' ' -> space = true;
        default -> {
          return false;
        }
      }
      return true;
    }
  }

  void format(Text format, List<Value> values) {
    new Formatting(format, values).run();
  }

  private final class Formatting {
    private final Text format;
    private final List<Value> values;
    private int at;
    private int next;

    Formatting(Text format, List<Value> values) {
      this.format = format;
      this.values = values;
    }

    void run() {
      while (at < format.length()) {
        int plain = at;
        while (at < format.length() && format.at(at) != '%') {
          at++;
        }
        out.add(format.part(plain, at));
        if (at < format.length()) {
          at++;
          one();
        }
      }
      extra();
    }

    private void one() {
      Verb verb = new Verb(0);
      while (at < format.length() && verb.flag(format.at(at))) {
        at++;
      }
      if (is('*')) {
        verb.width = star("WIDTH");
        if (verb.width < NONE) {
          verb.width = -verb.width;
          verb.flag('-');
        }
      } else {
        verb.width = digits();
      }
      if (is('.')) {
        verb.precision = is('*') ? Math.max(NONE, star("PREC")) : Math.max(0, digits());
      }
      if (at >= format.length()) {
        out.add("%!(NOVERB)");
        return;
      }
      int from = format.from() + at;
      verb.letter = Utf8.rune(format.bytes(), from, format.to());
      at += Utf8.width(format.bytes(), from, format.to());
      if (verb.letter == '%') {
        out.add('%');
      } else if (next >= values.size()) {
        out.add("%!").rune(verb.letter).add("(MISSING)");
      } else {
        verb(verb, values.get(next++));
      }
    }

    private boolean is(int c) {
      if (at < format.length() && format.at(at) == c) {
        at++;
        return true;
      }
      return false;
    }

    private int digits() {
      int number = NONE;
      while (at < format.length() && format.at(at) >= '0' && format.at(at) <= '9') {
        number = Math.max(0, number) * 10 + format.at(at) - '0';
        if (number > WIDTH_MAX) {
          number = NONE;
          skipDigits();
        } else {
          at++;
        }
      }
      return number;
    }

    private void skipDigits() {
      while (at < format.length() && format.at(at) >= '0' && format.at(at) <= '9') {
        at++;
      }
    }

    private int star(String what) {
      if (next < values.size()
          && values.get(next) instanceof Int(var number)
          && Math.abs(number) <= WIDTH_MAX) {
        next++;
        return number == NONE ? NONE : (int) number;
      }
      next = Math.min(next + 1, values.size());
      out.add("%!(BAD" + what + ")");
      return NONE;
    }

    private void extra() {
      if (next >= values.size()) {
        return;
      }
      String separator = "%!(EXTRA ";
      for (Value value : values.subList(next, values.size())) {
        out.add(separator);
        typed(value);
        separator = ", ";
      }
      out.add(')');
    }
  }

  private void typed(Value value) {
    if (value instanceof Nothing) {
      out.add("<nil>");
    } else {
      out.add(value.type()).add('=');
      verb(new Verb('v'), value);
    }
  }

  private void verb(Verb verb, Value value) {
    if (verb.letter == 'T') {
      padded(verb, Text.of(value.type()));
      return;
    }
    switch (value) {
      case Nothing _ -> {
        if (verb.letter == 'v') {
          padded(verb, Text.of("<nil>"));
        } else {
          bad(verb, value);
        }
      }
      case Bool(var truth) -> {
        if (verb.letter == 'v' || verb.letter == 't') {
          padded(verb, Text.of(truth ? "true" : "false"));
        } else {
          bad(verb, value);
        }
      }
      case Int(var number) -> integer(verb, number, value);
      case Octet(var number) -> {
        if (verb.letter == 'v' && verb.sharp) {
          verb.letter = 'x';
        }
        integer(verb, number, value);
      }
      case Real(var number) -> real(verb, number, value);
      case Text text -> text(verb, text);
      case Labels(var entries) -> labels(verb, entries);
      case Structure structure -> structure(verb, structure);
    }
  }

  private void bad(Verb verb, Value value) {
    out.add("%!").rune(verb.letter).add('(');
    typed(value);
    out.add(')');
  }

  private void padded(Verb verb, Text text) {
    int start = out.length();
    out.add(text);
    pad(verb, start);
  }

  private void pad(Verb verb, int start) {
    int missing = verb.width - out.runesFrom(start);
    if (missing <= 0) {
      return;
    }
    if (verb.minus) {
      out.padRight(missing, ' ');
    } else {
      out.padLeft(start, missing, verb.zero ? '0' : ' ');
    }
  }

  private void integer(Verb verb, long number, Value value) {
    switch (verb.letter) {
      case 'v', 'd' -> digits(verb, number, 10, "");
      case 'b' -> digits(verb, number, 2, verb.sharp ? "0b" : "");
      case 'o' -> digits(verb, number, 8, verb.sharp ? "0" : "");
      case 'O' -> digits(verb, number, 8, "0o");
      case 'x' -> digits(verb, number, 16, verb.sharp ? "0x" : "");
      case 'X' -> digits(verb, number, 16, verb.sharp ? "0X" : "");
      case 'c' -> {
        int start = out.length();
        out.rune(Utf8.isRune(number) ? (int) number : Utf8.BAD);
        pad(verb, start);
      }
      case 'q' -> {
        int start = out.length();
        Quoting.character(out, number, verb.plus);
        pad(verb, start);
      }
      case 'U' -> unicode(verb, number);
      default -> bad(verb, value);
    }
  }

  private void digits(Verb verb, long number, int radix, String prefix) {
    boolean signed = number < 0 || verb.plus || verb.space;
    int precision = verb.precision;
    boolean zero = verb.zero;
    if (precision == 0 && number == 0) {
      verb.zero = false;
      padded(verb, Text.EMPTY);
      verb.zero = zero;
      return;
    }
    if (precision == NONE && zero && verb.width != NONE) {
      precision = verb.width - (signed ? 1 : 0);
    }
    String plain = Long.toString(number, radix);
    String digits = number < 0 ? plain.substring(1) : plain;
    if (verb.letter == 'X') {
      digits = digits.toUpperCase(Locale.ROOT);
    }
    int start = out.length();
    if (signed) {
      out.add(number < 0 ? '-' : verb.plus ? '+' : ' ');
    }
    int zeros = Math.max(0, precision - digits.length());
    if (!prefix.equals("0") || (zeros == 0 && !digits.startsWith("0"))) {
      out.add(prefix);
    }
    out.padRight(zeros, '0');
    out.add(digits);
    verb.zero = false;
    pad(verb, start);
    verb.zero = zero;
  }

  private void unicode(Verb verb, long number) {
    int start = out.length();
    String hex = Long.toHexString(number).toUpperCase(Locale.ROOT);
    out.add("U+");
    out.padRight(Math.max(0, Math.max(4, verb.precision) - hex.length()), '0');
    out.add(hex);
    if (verb.sharp && Utf8.isRune(number) && Utf8.isPrintable((int) number)) {
      out.add(" '").rune((int) number).add('\'');
    }
    boolean zero = verb.zero;
    verb.zero = false;
    pad(verb, start);
    verb.zero = zero;
  }

  private void real(Verb verb, double number, Value value) {
    String digits =
        switch (verb.letter) {
          case 'v', 'g', 'G' -> general(number, verb.precision);
          case 'e', 'E' -> exponent(number, verb.precision == NONE ? 6 : verb.precision);
          case 'f', 'F' -> fixed(number, verb.precision == NONE ? 6 : verb.precision);
          default -> "";
        };
    if (digits.isEmpty()) {
      bad(verb, value);
      return;
    }
    boolean upper = verb.letter == 'G' || verb.letter == 'E';
    String body = upper ? digits.toUpperCase(Locale.ROOT) : digits;
    int start = out.length();
    boolean negative = 1 / number < 0 || number < 0;
    String sign = negative ? "-" : verb.plus ? "+" : verb.space ? " " : "";
    if (negative && body.startsWith("-")) {
      body = body.substring(1);
    }
    if (verb.zero && verb.width > sign.length() + body.length()) {
      out.add(sign);
      out.padRight(verb.width - sign.length() - body.length(), '0');
      out.add(body);
    } else {
      out.add(sign).add(body);
      pad(verb, start);
    }
  }

  /** Its exact value. */
  private static BigDecimal decimal(double number) {
    return new BigDecimal(number);
  }

  private static String fixed(double number, int precision) {
    int exact = Math.min(precision, FRACTION_MAX);
    return decimal(number).setScale(exact, RoundingMode.HALF_EVEN).toPlainString()
        + "0".repeat(precision - exact);
  }

  /** As {@code %g}: plain unless the exponent is small, or as large as there are digits. */
  private static String general(double number, int precision) {
    int digits = Math.max(1, precision);
    BigDecimal value =
        precision == NONE
            ? new BigDecimal(Double.toString(number))
            : decimal(number).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal stripped = value.stripTrailingZeros();
    int exponent = stripped.precision() - stripped.scale() - 1;
    int large = precision == NONE ? SHORTEST_LARGE : digits;
    if (precision != NONE && large > stripped.precision() && stripped.precision() > exponent) {
      large = stripped.precision();
    }
    return exponent < SMALL || exponent >= large
        ? withExponent(stripped, stripped.precision() - 1)
        : stripped.toPlainString();
  }

  private static String exponent(double number, int precision) {
    BigDecimal value =
        decimal(number).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
    return withExponent(value, precision);
  }

  private static String withExponent(BigDecimal value, int fraction) {
    String digits = value.unscaledValue().abs().toString();
    int exponent = value.signum() == 0 ? 0 : value.precision() - value.scale() - 1;
    StringBuilder text = new StringBuilder(value.signum() < 0 ? "-" : "");
    text.append(digits.charAt(0));
    if (fraction > 0) {
      String tail = digits.substring(1);
      text.append('.').append(tail, 0, Math.min(fraction, tail.length()));
      text.append("0".repeat(Math.max(0, fraction - tail.length())));
    }
    text.append('e').append(exponent < 0 ? '-' : '+');
    return text.append(Math.abs(exponent) < 10 ? "0" : "").append(Math.abs(exponent)).toString();
  }

  private void text(Verb verb, Text whole) {
    Text text = verb.letter == 'x' || verb.letter == 'X' ? whole : cut(whole, verb.precision);
    int start = out.length();
    switch (verb.letter) {
      case 'v' -> {
        if (verb.sharp) {
          Quoting.text(out, text, false);
        } else {
          out.add(text);
        }
        pad(verb, start);
      }
      case 's' -> {
        out.add(text);
        pad(verb, start);
      }
      case 'q' -> {
        if (verb.sharp && canBackquote(text)) {
          out.add('`').add(text).add('`');
        } else {
          Quoting.text(out, text, verb.plus);
        }
        pad(verb, start);
      }
      case 'x', 'X' -> {
        hex(verb, text);
        pad(verb, start);
      }
      default -> bad(verb, whole);
    }
  }

  private static Text cut(Text text, int runes) {
    if (runes == NONE) {
      return text;
    }
    int end = 0;
    for (int i = 0; i < runes && end < text.length(); i++) {
      end += Utf8.width(text.bytes(), text.from() + end, text.to());
    }
    return text.part(0, end);
  }

  private static boolean canBackquote(Text text) {
    for (int at = text.from(); at < text.to(); at += Utf8.width(text.bytes(), at, text.to())) {
      int rune = Utf8.rune(text.bytes(), at, text.to());
      boolean control = (rune < ' ' && rune != '\t') || rune == 0x7f;
      if (control || rune == '`' || rune == Utf8.BAD || rune == 0xfeff) {
        return false;
      }
    }
    return true;
  }

  private void hex(Verb verb, Text text) {
    String digits = verb.letter == 'x' ? "0123456789abcdef" : "0123456789ABCDEF";
    String prefix = verb.sharp ? (verb.letter == 'x' ? "0x" : "0X") : "";
    int count = verb.precision == NONE ? text.length() : Math.min(verb.precision, text.length());
    for (int i = 0; i < count; i++) {
      if (i > 0 && verb.space) {
        out.add(' ');
      }
      if (i == 0 || verb.space) {
        out.add(prefix);
      }
      int octet = text.at(i) & 0xff;
      out.add(digits.charAt(octet >> 4)).add(digits.charAt(octet & 0xf));
    }
  }

  private void labels(Verb verb, List<Value.Label> entries) {
    boolean source = verb.letter == 'v' && verb.sharp;
    out.add(source ? "map[string]string{" : "map[");
    String separator = "";
    for (Value.Label entry : entries) {
      out.add(separator);
      verb(verb, entry.key());
      out.add(':');
      verb(verb, entry.value());
      separator = source ? ", " : " ";
    }
    out.add(source ? '}' : ']');
  }

  private void structure(Verb verb, Structure structure) {
    boolean source = verb.letter == 'v' && verb.sharp;
    out.add(structure.pointer() ? "&" : "").add(source ? structure.struct() : "").add('{');
    String separator = "";
    for (Value.Field field : structure.fields()) {
      out.add(separator);
      if (verb.letter == 'v' && (verb.plus || verb.sharp)) {
        out.add(field.name()).add(':');
      }
      verb(verb, field.value());
      separator = source ? ", " : " ";
    }
    out.add('}');
  }
}
