package io.coffer.engine;

import io.coffer.Bytes;

/**
 * The stores a backend keeps apart, told by a key's first byte. The audit trail is by far the
 * largest, only ever grows at its end and is cut at its start; destroyed data keys must leave the
 * disk within a minute, which is quick only where nothing else has to be rewritten with them. What
 * is kept apart is read apart: a scan stays in one family.
 */
public enum Family {
  /** Everything that is in none of the others. */
  ROWS,
  /** Keys that begin with {@code a}. */
  AUDIT,
  /** Keys that begin with {@code k}. */
  DATA_KEYS;

  /** The family of a key, which is never empty and never begins with 0x00: that is the store's. */
  public static Family of(Bytes key) {
    if (key.isEmpty()) {
      throw new AssertionError("empty key");
    }
    return ofLead(key.at(0) & 0xff);
  }

  /** The one family of all keys in {@code from <= key < to}; it is an error if there are two. */
  public static Family of(Bytes from, Bytes to) {
    Family family = of(from);
    if (from.compareTo(to) < 0) {
      // The keys below a bound of one byte all begin with a smaller one.
      int last = (to.at(0) & 0xff) - (to.length() == 1 ? 1 : 0);
      for (int lead = from.at(0) & 0xff; lead <= last; lead++) {
        if (ofLead(lead) != family) {
          throw new AssertionError("scan crosses from " + family + " to " + ofLead(lead));
        }
      }
    }
    return family;
  }

  private static Family ofLead(int lead) {
    return switch (lead) {
      case 0 -> throw new AssertionError("key begins with 0x00");
      case 'a' -> AUDIT;
      case 'k' -> DATA_KEYS;
      default -> ROWS;
    };
  }
}
