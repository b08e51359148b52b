package io.coffer.engine;

import io.coffer.Bytes;

/** Keys {@code from <= key < to}. */
record Range(Bytes from, Bytes to) {
  private static final Bytes ZERO = Bytes.copyOf((byte) 0);

  /** Of one key. */
  static Range of(Bytes key) {
    return new Range(key, after(key));
  }

  /** The key that follows {@code key}: there is none between. */
  static Bytes after(Bytes key) {
    return key.plus(ZERO);
  }

  boolean contains(Bytes key) {
    return from.compareTo(key) <= 0 && key.compareTo(to) < 0;
  }
}
