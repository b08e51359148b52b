package io.coffer.core.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Every array an expansion makes, counted, and wiped at its end. */
final class Memory implements AutoCloseable {
  private final List<byte[]> given = new ArrayList<>();
  private final int max;
  private long used;

  Memory(int max) {
    this.max = max;
  }

  byte[] allocate(int length) {
    used += length;
    if (used > max) {
      throw Trouble.limit("its values are longer than " + max + " bytes together");
    }
    byte[] bytes = new byte[length];
    given.add(bytes);
    return bytes;
  }

  /** Of something else's array, which stays its own. */
  Text copy(byte[] bytes) {
    byte[] copy = allocate(bytes.length);
    System.arraycopy(bytes, 0, copy, 0, bytes.length);
    return new Text(copy, 0, copy.length);
  }

  @Override
  public void close() {
    given.forEach(bytes -> Arrays.fill(bytes, (byte) 0));
    given.clear();
  }
}
