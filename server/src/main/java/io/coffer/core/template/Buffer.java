package io.coffer.core.template;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes being written, of which there are at most so many. */
final class Buffer {
  private static final int FIRST = 64;

  private final Memory memory;
  private final int max;
  private byte[] bytes = new byte[0];
  private int length;

  Buffer(Memory memory, int max) {
    this.memory = memory;
    this.max = max;
  }

  int length() {
    return length;
  }

  Buffer add(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
    return this;
  }

  Buffer add(Text text) {
    return add(text.bytes(), text.from(), text.to());
  }

  Buffer add(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return add(utf8, 0, utf8.length);
  }

  Buffer add(int octet) {
    reserve(1);
    bytes[length++] = (byte) octet;
    return this;
  }

  Buffer rune(int rune) {
    reserve(4);
    length = Utf8.put(rune, bytes, length);
    return this;
  }

  /** Moves what was written from {@code start} on behind {@code count} copies of {@code pad}. */
  void padLeft(int start, int count, int pad) {
    reserve(count);
    System.arraycopy(bytes, start, bytes, start + count, length - start);
    Arrays.fill(bytes, start, start + count, (byte) pad);
    length += count;
  }

  void padRight(int count, int pad) {
    reserve(count);
    Arrays.fill(bytes, length, length + count, (byte) pad);
    length += count;
  }

  int runesFrom(int start) {
    return Utf8.count(bytes, start, length);
  }

  private void reserve(int more) {
    if (more > max - length) {
      throw Trouble.limit("what it expands to is longer than " + max + " bytes");
    }
    if (length + more > bytes.length) {
      byte[] grown = memory.allocate(Math.max(Math.max(FIRST, 2 * bytes.length), length + more));
      System.arraycopy(bytes, 0, grown, 0, length);
      bytes = grown;
    }
  }

  /** What was written; it stays the memory's. */
  Text text() {
    return new Text(bytes, 0, length);
  }

  /** What was written, in an array of its own. */
  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }
}
