package io.coffer.api.docker.wire;

/** Hexadecimal digits as single bytes, of either case. */
final class Hex {
  private Hex() {}

  static boolean isDigit(byte c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  /** The value of a digit. */
  static int value(byte c) {
    return Character.digit(c, 16);
  }
}
