package io.coffer.core.template;

import io.coffer.core.template.Token.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;

/** Cuts a template into tokens, one call at a time. */
final class Lexer {
  private static final int EOF = -1;
  private static final int TRIM_MARKER = 2;
  private static final String DIGITS = "0123456789_";
  private static final String HEX_DIGITS = "0123456789abcdefABCDEF_";

  private static final Map<String, Kind> KEYWORDS =
      Map.ofEntries(
          Map.entry("block", Kind.BLOCK),
          Map.entry("break", Kind.BREAK),
          Map.entry("continue", Kind.CONTINUE),
          Map.entry("define", Kind.DEFINE),
          Map.entry("else", Kind.ELSE),
          Map.entry("end", Kind.END),
          Map.entry("if", Kind.IF),
          Map.entry("nil", Kind.NIL),
          Map.entry("range", Kind.RANGE),
          Map.entry("template", Kind.TEMPLATE),
          Map.entry("true", Kind.BOOL),
          Map.entry("false", Kind.BOOL),
          Map.entry("with", Kind.WITH));

  private enum State {
    OUTSIDE,
    INSIDE,
    ENDED
  }

  private final byte[] in;
  private final Deque<Token> ready = new ArrayDeque<>();
  private State state = State.OUTSIDE;
  private int start;
  private int at;
  private int width;
  private int line = 1;
  private int parentheses;

  Lexer(byte[] in) {
    this.in = in;
  }

  Token next() {
    while (ready.isEmpty()) {
      switch (state) {
        case OUTSIDE -> outside();
        case INSIDE -> inside();
        case ENDED -> ready.add(new Token(Kind.ERROR, at, at, line, ""));
      }
    }
    return ready.remove();
  }

  private void outside() {
    int open = at;
    while (open < in.length && !has(open, "{{")) {
      open++;
    }
    if (open == in.length) {
      at = open;
      emitText(at);
      emit(Kind.EOF);
      state = State.ENDED;
      return;
    }
    boolean trims = isLeftTrim(open + 2);
    int end = open;
    while (trims && end > start && isSpace(in[end - 1])) {
      end--;
    }
    emitText(end);
    at = open;
    ignore();
    at = open + 2;
    int content = trims ? at + TRIM_MARKER : at;
    if (has(content, "/*")) {
      at = content;
      ignore();
      comment();
      return;
    }
    emit(Kind.LEFT_DELIMITER);
    at = content;
    ignore();
    parentheses = 0;
    state = State.INSIDE;
  }

  private void emitText(int end) {
    if (end > start) {
      at = end;
      emit(Kind.TEXT);
    }
  }

  private void comment() {
    int close = at + 2;
    while (close < in.length && !has(close, "*/")) {
      close++;
    }
    if (close >= in.length) {
      fail("unclosed comment");
      return;
    }
    at = close + 2;
    if (!atRightDelimiter()) {
      fail("comment ends before closing delimiter");
      return;
    }
    boolean trims = isRightTrim(at);
    at += (trims ? TRIM_MARKER : 0) + 2;
    if (trims) {
      skipSpace();
    }
    ignore();
  }

  private void rightDelimiter() {
    boolean trims = isRightTrim(at);
    if (trims) {
      at += TRIM_MARKER;
      ignore();
    }
    at += 2;
    emit(Kind.RIGHT_DELIMITER);
    if (trims) {
      skipSpace();
      ignore();
    }
    state = State.OUTSIDE;
  }

  private void inside() {
    if (atRightDelimiter()) {
      if (parentheses == 0) {
        rightDelimiter();
      } else {
        fail("unclosed left paren");
      }
      return;
    }
    int rune = read();
    switch (rune) {
      case EOF -> fail("unclosed action");
      case ' ', '\t', '\r', '\n' -> space();
      case '=' -> emit(Kind.ASSIGN);
      case ':' -> {
        if (read() == '=') {
          emit(Kind.DECLARE);
        } else {
          fail("expected :=");
        }
      }
      case '|' -> emit(Kind.PIPE);
      case '"' -> quoted('"', Kind.STRING, "unterminated quoted string");
      case '\'' -> quoted('\'', Kind.CHARACTER_CONSTANT, "unterminated character constant");
      case '`' -> rawQuoted();
      case '$' -> fieldOrVariable(Kind.VARIABLE);
      case '(' -> {
        emit(Kind.LEFT_PARENTHESIS);
        parentheses++;
      }
      case ')' -> {
        emit(Kind.RIGHT_PARENTHESIS);
        parentheses--;
        if (parentheses < 0) {
          fail("unexpected right paren " + shown(rune));
        }
      }
      default -> word(rune);
    }
  }

  private void word(int rune) {
    if (rune == '.' && at < in.length && !isDigit(in[at])) {
      fieldOrVariable(Kind.FIELD);
    } else if (rune == '.' || rune == '+' || rune == '-' || isDigit(rune)) {
      unread();
      number();
    } else if (isAlphanumeric(rune)) {
      unread();
      identifier();
    } else if (rune < 0x7f && rune > ' ') {
      emit(Kind.CHARACTER);
    } else {
      fail("unrecognized character in action: " + shown(rune));
    }
  }

  private void space() {
    while (at < in.length && isSpace(in[at])) {
      line += in[at] == '\n' ? 1 : 0;
      at++;
    }
    // The last space may belong to a closing delimiter that trims.
    if (isRightTrim(at - 1) && has(at - 1 + TRIM_MARKER, "}}")) {
      at--;
      line -= in[at] == '\n' ? 1 : 0;
      if (at == start) {
        rightDelimiter();
        return;
      }
    }
    emit(Kind.SPACE);
  }

  private void identifier() {
    int rune;
    do {
      rune = read();
    } while (isAlphanumeric(rune));
    unread();
    if (!atTerminator()) {
      fail("bad character " + shown(rune));
      return;
    }
    String word = new String(in, start, at - start, StandardCharsets.UTF_8);
    emit(KEYWORDS.getOrDefault(word, Kind.IDENTIFIER));
  }

  private void fieldOrVariable(Kind kind) {
    if (atTerminator()) {
      emit(kind == Kind.VARIABLE ? Kind.VARIABLE : Kind.DOT);
      return;
    }
    int rune;
    do {
      rune = read();
    } while (isAlphanumeric(rune));
    unread();
    if (atTerminator()) {
      emit(kind);
    } else {
      fail("bad character " + shown(rune));
    }
  }

  private boolean atTerminator() {
    int rune = peek();
    return switch (rune) {
      case EOF, ' ', '\t', '\r', '\n', '.', ',', '|', ':', ')', '(' -> true;
      default -> has(at, "}}");
    };
  }

  private void quoted(int quote, Kind kind, String unterminated) {
    while (true) {
      int rune = read();
      if (rune == '\\') {
        rune = read();
        if (rune != EOF && rune != '\n') {
          continue;
        }
      }
      if (rune == EOF || rune == '\n') {
        fail(unterminated);
        return;
      }
      if (rune == quote) {
        emit(kind);
        return;
      }
    }
  }

  private void rawQuoted() {
    int rune;
    do {
      rune = read();
      if (rune == EOF) {
        fail("unterminated raw quoted string");
        return;
      }
    } while (rune != '`');
    emit(Kind.RAW_STRING);
  }

  private void number() {
    boolean good = scanNumber();
    int sign = peek();
    boolean complex = good && (sign == '+' || sign == '-');
    if (complex) {
      good = scanNumber() && in[at - 1] == 'i';
    }
    if (good) {
      emit(complex ? Kind.COMPLEX : Kind.NUMBER);
    } else {
      fail("bad number syntax: " + Trouble.quoted(new Text(in, start, at), Trouble.QUOTED_MAX));
    }
  }

  private boolean scanNumber() {
    accept("+-");
    String digits = DIGITS;
    if (accept("0")) {
      if (accept("xX")) {
        digits = HEX_DIGITS;
      } else if (accept("oO")) {
        digits = "01234567_";
      } else if (accept("bB")) {
        digits = "01_";
      }
    }
    acceptRun(digits);
    if (accept(".")) {
      acceptRun(digits);
    }
    if ((digits.equals(DIGITS) && accept("eE")) || (digits.equals(HEX_DIGITS) && accept("pP"))) {
      accept("+-");
      acceptRun(DIGITS);
    }
    accept("i");
    if (isAlphanumeric(peek())) {
      read();
      return false;
    }
    return true;
  }

  private boolean accept(String valid) {
    if (at < in.length && in[at] > 0 && valid.indexOf(in[at]) >= 0) {
      at++;
      return true;
    }
    return false;
  }

  private void acceptRun(String valid) {
    boolean more;
    do {
      more = accept(valid);
    } while (more);
  }

  private int read() {
    if (at >= in.length) {
      width = 0;
      return EOF;
    }
    int rune = Utf8.rune(in, at, in.length);
    width = Utf8.width(in, at, in.length);
    at += width;
    line += rune == '\n' ? 1 : 0;
    return rune;
  }

  private void unread() {
    at -= width;
    line -= width > 0 && in[at] == '\n' ? 1 : 0;
    width = 0;
  }

  private int peek() {
    return at < in.length ? Utf8.rune(in, at, in.length) : EOF;
  }

  private void emit(Kind kind) {
    ready.add(new Token(kind, start, at, startLine(kind), ""));
    start = at;
  }

  /** Inside an action lines are counted as they are read; outside, here. */
  private int startLine(Kind kind) {
    int first = line;
    if (kind == Kind.TEXT) {
      line += newlines(start, at);
      return first;
    }
    return line - newlines(start, at);
  }

  private void ignore() {
    line += newlines(start, at);
    start = at;
  }

  private int newlines(int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += in[i] == '\n' ? 1 : 0;
    }
    return count;
  }

  private void fail(String what) {
    ready.add(new Token(Kind.ERROR, start, at, line - newlines(start, at), what));
    state = State.ENDED;
  }

  private void skipSpace() {
    while (at < in.length && isSpace(in[at])) {
      at++;
    }
  }

  private boolean atRightDelimiter() {
    return has(at, "}}") || (isRightTrim(at) && has(at + TRIM_MARKER, "}}"));
  }

  private boolean isLeftTrim(int where) {
    return where + 1 < in.length && in[where] == '-' && isSpace(in[where + 1]);
  }

  private boolean isRightTrim(int where) {
    return where + 1 < in.length && isSpace(in[where]) && in[where + 1] == '-';
  }

  private boolean has(int where, String two) {
    return where + 1 < in.length && in[where] == two.charAt(0) && in[where + 1] == two.charAt(1);
  }

  static boolean isSpace(int rune) {
    return rune == ' ' || rune == '\t' || rune == '\r' || rune == '\n';
  }

  private static boolean isDigit(int rune) {
    return rune >= '0' && rune <= '9';
  }

  private static boolean isAlphanumeric(int rune) {
    return rune == '_' || (rune >= 0 && Character.isLetter(rune)) || Character.isDigit(rune);
  }

  /** As Go's {@code %#U}. */
  private static String shown(int rune) {
    String code =
        rune < 0 ? "U+FFFFFFFFFFFFFFFF" : "U+" + "%04X".formatted(rune).toUpperCase(Locale.ROOT);
    return rune >= 0 && Utf8.isPrintable(rune)
        ? code + " '" + Character.toString(rune) + "'"
        : code;
  }
}
