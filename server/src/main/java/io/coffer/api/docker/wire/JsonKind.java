package io.coffer.api.docker.wire;

/** The kinds of JSON values, told apart by their first byte. */
enum JsonKind {
  OBJECT("object"),
  ARRAY("array"),
  STRING("string"),
  NUMBER("number"),
  BOOL("bool"),
  NULL("null");

  private final String word;

  JsonKind(String word) {
    this.word = word;
  }

  static JsonKind of(byte first) {
    return switch (first) {
      case '{' -> OBJECT;
      case '[' -> ARRAY;
      case '"' -> STRING;
      case 't', 'f' -> BOOL;
      case 'n' -> NULL;
      default -> NUMBER;
    };
  }

  /** As error texts spell it. */
  String word() {
    return word;
  }
}
