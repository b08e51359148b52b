package io.coffer.crypto;

import io.coffer.SecretBytes;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One key of the keyring, the time in which it is the newest, and how often it has sealed. A term
 * is shared by a keyring and those rotated from it, so that a use counts wherever it happens.
 */
final class Term {
  /**
   * Random nonces of 192 bits are safe for 2<sup>80</sup> messages. The bound is far below, at what
   * a busy store seals in months, so that rotation is an everyday thing and not one for disasters.
   */
  static final long USES_MAX = 1L << 40;

  private static final long USES_NEAR_MAX = USES_MAX / 8 * 7;

  private final int id;
  private final Instant created;
  private final AtomicLong uses;
  private final RawKey key;
  private final XAes cipher;

  Term(int id, Instant created, long uses, RawKey key) {
    this.id = id;
    this.created = created;
    this.uses = new AtomicLong(uses);
    this.key = key;
    this.cipher = key.lend(bytes -> cipherOf(id, bytes));
  }

  private static XAes cipherOf(int id, byte[] bytes) {
    try (SecretBytes secret = SecretBytes.takeOver(bytes.clone())) {
      return XAes.ofTerm(id, secret);
    }
  }

  int id() {
    return id;
  }

  Instant created() {
    return created;
  }

  long uses() {
    return uses.get();
  }

  boolean nearBound() {
    return uses() >= USES_NEAR_MAX;
  }

  RawKey key() {
    return key;
  }

  XAes forSealing() {
    uses.incrementAndGet();
    return cipher;
  }

  XAes forOpening() {
    return cipher;
  }

  @Override
  public String toString() {
    return "Term[" + id + ", created " + created + "]";
  }
}
