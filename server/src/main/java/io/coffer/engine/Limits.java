package io.coffer.engine;

import io.coffer.Bytes;

/**
 * What a transaction may ask for. One step further is a bug of the caller, found with any engine.
 */
final class Limits {
  static final int SCAN_MAX = 10_000;
  static final int KEY_BYTES_MAX = 2_048; // What fits an index row of every store we run on.
  static final int VALUE_BYTES_MAX = 4 << 20;

  private Limits() {}

  static void checkGet(Bytes key) {
    Family.of(key);
  }

  static void checkScan(Bytes from, Bytes to, int limit) {
    Family.of(from, to);
    if (limit < 1 || limit > SCAN_MAX) {
      throw new AssertionError("scan limit " + limit);
    }
  }

  static void checkPut(Bytes key, Bytes value) {
    checkDelete(key);
    if (value.length() > VALUE_BYTES_MAX) {
      throw new AssertionError("value of " + value.length() + " bytes");
    }
  }

  static void checkDelete(Bytes key) {
    Family.of(key);
    if (key.length() > KEY_BYTES_MAX) {
      throw new AssertionError("key of " + key.length() + " bytes");
    }
  }
}
