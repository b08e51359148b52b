package io.coffer.api.docker.wire;

/** What can be wrong with a JSON body, in the words of an engine built with Go 1.24. All 400. */
final class JsonErrors {
  private JsonErrors() {}

  static DockerError emptyBody() {
    return invalid("got EOF while reading request body");
  }

  static DockerError unexpectedEnd() {
    return invalid("unexpected EOF");
  }

  /** {@code found} is one byte, shown as the character of that code. */
  static DockerError syntax(byte found, String context) {
    return invalid("invalid character " + GoQuote.character(found & 0xff) + " " + context);
  }

  /** {@code found} did not fit the root. */
  static DockerError rootType(JsonKind found, String type) {
    return invalid("json: cannot unmarshal " + found.word() + " into Go value of type " + type);
  }

  /** {@code found} (a kind, or {@code number 300}) did not fit {@code field}, Struct.Path. */
  static DockerError fieldType(String found, String field, String type) {
    return invalid(
        "json: cannot unmarshal " + found + " into Go struct field " + field + " of type " + type);
  }

  /** {@code at} counts bytes of the decoded string. */
  static DockerError base64(int at) {
    return invalid("illegal base64 data at input byte " + at);
  }

  static DockerError trailingContent() {
    return new DockerError(400, "unexpected content after JSON");
  }

  private static DockerError invalid(String what) {
    return new DockerError(400, "invalid JSON: " + what);
  }
}
