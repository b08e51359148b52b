package io.coffer.core.template;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A Go string: a part of an array. It may be secret, so it does not print. */
final class Text implements Value, Comparable<Text> {
  static final Text EMPTY = new Text(new byte[0], 0, 0);

  private final byte[] bytes;
  private final int from;
  private final int to;

  Text(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** Of what is known not to be secret. */
  static Text of(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return new Text(utf8, 0, utf8.length);
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  int length() {
    return to - from;
  }

  byte at(int index) {
    return bytes[from + index];
  }

  Text part(int start, int end) {
    return new Text(bytes, from + start, from + end);
  }

  /** As a string of Java's: for names, and for errors. */
  String string() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  @Override
  public String type() {
    return "string";
  }

  @Override
  public int compareTo(Text other) {
    return Arrays.compareUnsigned(bytes, from, to, other.bytes, other.from, other.to);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Text that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return "Text[" + length() + "]";
  }
}
