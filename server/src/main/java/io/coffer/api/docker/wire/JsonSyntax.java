package io.coffer.api.docker.wire;

import java.util.BitSet;

/**
 * Finds where the first JSON value of a text ends, and whether it is one. A body passes here before
 * anything is decoded, so a syntax error anywhere in the value wins over a type error before it,
 * and what decodes afterwards need not check again. Deep nesting costs a bit a level, not a stack
 * frame.
 */
final class JsonSyntax {
  static final int DEPTH_MAX = 10_000;

  private static final String VALUE = "looking for beginning of value";
  private static final String KEY = "looking for beginning of object key string";

  private final byte[] in;
  private final BitSet objects = new BitSet();
  private int depth;
  private int at;
  private boolean fresh;

  private JsonSyntax(byte[] in) {
    this.in = in;
  }

  /** The index behind the first value. Throws {@link DockerError} if there is none. */
  static int end(byte[] in) {
    if (afterBlanks(in, 0) == in.length) {
      throw JsonErrors.emptyBody();
    }
    return new JsonSyntax(in).end();
  }

  /** The index of the first byte from {@code from} that is not JSON white space. */
  static int afterBlanks(byte[] in, int from) {
    int at = from;
    while (at < in.length && isBlank(in[at])) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  private int end() {
    value(token());
    while (depth > 0) {
      boolean first = fresh;
      fresh = false;
      if (objects.get(depth - 1)) {
        inObject(token(), first);
      } else {
        inArray(token(), first);
      }
    }
    return at;
  }

  private void inObject(byte c, boolean first) {
    if (c == '}') {
      depth--;
    } else if (first) {
      member(c);
    } else if (c == ',') {
      member(token());
    } else {
      throw JsonErrors.syntax(c, "after object key:value pair");
    }
  }

  private void inArray(byte c, boolean first) {
    if (c == ']') {
      depth--;
    } else if (first) {
      value(c);
    } else if (c == ',') {
      value(token());
    } else {
      throw JsonErrors.syntax(c, "after array element");
    }
  }

  private void member(byte c) {
    if (c != '"') {
      throw JsonErrors.syntax(c, KEY);
    }
    string();
    byte colon = token();
    if (colon != ':') {
      throw JsonErrors.syntax(colon, "after object key");
    }
    value(token());
  }

  private void value(byte c) {
    switch (c) {
      case '{', '[' -> open(c);
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number(c);
    }
  }

  private void open(byte c) {
    objects.set(depth, c == '{');
    depth++;
    fresh = true;
    if (depth > DEPTH_MAX) {
      throw JsonErrors.syntax(c, "exceeded max depth");
    }
  }

  private void string() {
    skipPlain();
    for (byte c = next(); c != '"'; c = next()) {
      if (c == '\\') {
        escape();
      } else if (c >= 0 && c < ' ') {
        throw JsonErrors.syntax(c, "in string literal");
      }
      skipPlain();
    }
  }

  private void skipPlain() {
    int i = at;
    while (i < in.length && in[i] != '"' && in[i] != '\\' && (in[i] >= ' ' || in[i] < 0)) {
      i++;
    }
    at = i;
  }

  private void escape() {
    byte c = next();
    switch (c) {
      case 'b', 'f', 'n', 'r', 't', '\\', '/', '"' -> {}
      case 'u' -> {
        for (int i = 0; i < 4; i++) {
          byte hex = next();
          if (!Hex.isDigit(hex)) {
            throw JsonErrors.syntax(hex, "in \\u hexadecimal character escape");
          }
        }
      }
      default -> throw JsonErrors.syntax(c, "in string escape code");
    }
  }

  private void literal(String word) {
    for (int i = 1; i < word.length(); i++) {
      byte c = next();
      if (c != word.charAt(i)) {
        throw JsonErrors.syntax(c, "in literal " + word + " (expecting '" + word.charAt(i) + "')");
      }
    }
  }

  private void number(byte first) {
    byte c = first;
    if (c == '-') {
      c = next();
      if (!isDigit(c)) {
        throw JsonErrors.syntax(c, "in numeric literal");
      }
    } else if (!isDigit(c)) {
      throw JsonErrors.syntax(c, VALUE);
    }
    if (c != '0') {
      digits();
    }
    if (follows('.')) {
      at++;
      oneDigit("after decimal point in numeric literal");
      digits();
    }
    if (follows('e') || follows('E')) {
      at++;
      if (follows('+') || follows('-')) {
        at++;
      }
      oneDigit("in exponent of numeric literal");
      digits();
    }
  }

  private void oneDigit(String context) {
    byte c = next();
    if (!isDigit(c)) {
      throw JsonErrors.syntax(c, context);
    }
  }

  private void digits() {
    while (at < in.length && isDigit(in[at])) {
      at++;
    }
  }

  private boolean follows(char c) {
    return at < in.length && in[at] == c;
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  /** The next byte that is not blank, consumed. */
  private byte token() {
    at = afterBlanks(in, at);
    return next();
  }

  private byte next() {
    if (at == in.length) {
      throw JsonErrors.unexpectedEnd();
    }
    return in[at++];
  }
}
