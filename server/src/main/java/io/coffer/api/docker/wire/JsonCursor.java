package io.coffer.api.docker.wire;

/**
 * Walks through a JSON text that {@link JsonSyntax} has passed, so it trusts what it reads. Whoever
 * holds it must consume every value it meets: by {@link #skip}, or piece by piece.
 */
final class JsonCursor {
  private final byte[] in;
  private int at;

  JsonCursor(byte[] in) {
    this.in = in;
  }

  /** The kind of the next value, which stays unread. */
  JsonKind peek() {
    at = JsonSyntax.afterBlanks(in, at);
    return JsonKind.of(in[at]);
  }

  /** Goes into the object or array that is next. */
  void enter() {
    at = JsonSyntax.afterBlanks(in, at) + 1;
  }

  /** Whether a member or element follows; if not, the object or array is left. */
  boolean more() {
    at = JsonSyntax.afterBlanks(in, at);
    byte c = in[at];
    if (c == '}' || c == ']') {
      at++;
      return false;
    }
    if (c == ',') {
      at++;
    }
    return true;
  }

  /** The name of the member that follows; its value is next. */
  JsonString name() {
    JsonString name = string();
    at = JsonSyntax.afterBlanks(in, at) + 1;
    return name;
  }

  JsonString string() {
    int from = JsonSyntax.afterBlanks(in, at) + 1;
    int to = from;
    while (in[to] != '"') {
      to += in[to] == '\\' ? 2 : 1;
    }
    at = to + 1;
    return new JsonString(in, from, to);
  }

  /** The next number, as it was written. */
  String number() {
    int from = JsonSyntax.afterBlanks(in, at);
    skipScalar();
    return GoUtf8.decode(in, from, at);
  }

  /** The next true or false. */
  boolean flag() {
    at = JsonSyntax.afterBlanks(in, at);
    boolean yes = in[at] == 't';
    skipScalar();
    return yes;
  }

  void skip() {
    int depth = 0;
    do {
      at = JsonSyntax.afterBlanks(in, at);
      switch (in[at]) {
        case '{', '[' -> {
          depth++;
          at++;
        }
        case '}', ']' -> {
          depth--;
          at++;
        }
        case ',', ':' -> at++;
        case '"' -> string();
        default -> skipScalar();
      }
    } while (depth > 0);
  }

  private void skipScalar() {
    at = JsonSyntax.afterBlanks(in, at);
    while (at < in.length && isScalar(in[at])) {
      at++;
    }
  }

  private static boolean isScalar(byte c) {
    return (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '+'
        || c == '.'
        || c == 'E';
  }
}
