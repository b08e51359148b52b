package io.coffer.crypto;

import io.coffer.Bytes;
import io.coffer.SecretBytes;
import io.coffer.crypto.Aead.Place;
import io.coffer.crypto.Aead.Purpose;

/**
 * Seals and opens until the JVM has compiled the ciphers, so that the first calls need not wait for
 * it: interpreted, a value of 200 bytes takes a hundred times as long. Bounded by work, not by
 * time: about 0.2 s of one core, and as much again to load classes that no cache holds.
 */
public final class CipherWarmUp {
  private static final int SMALL_ROUNDS = 1_500;
  private static final int SMALL_LENGTH = 200;
  private static final int ENTRY_ROUNDS = 500;
  private static final int LARGE_ROUNDS = 4;
  private static final int LARGE_LENGTH = 64 << 10;

  private CipherWarmUp() {}

  /** Works with a key of zeros that protects nothing. */
  public static void run() {
    seal(SMALL_LENGTH, SMALL_ROUNDS);
    seal(LARGE_LENGTH, LARGE_ROUNDS);
    entries(ENTRY_ROUNDS);
  }

  /**
   * Has this thread use every cipher once with a key of zeros. The library keeps a cipher for each
   * thread, and that keeps the last key it was given.
   */
  public static void overwrite() {
    seal(SMALL_LENGTH, 1);
    entries(1);
  }

  private static void entries(int rounds) {
    EntryPlace where = new EntryPlace("secret", "version", "entry", EntryPlace.Kind.TEXT);
    try (DataKey key = DataKey.of(new byte[XAes.KEY_LENGTH], Bytes.EMPTY);
        SecretBytes value = SecretBytes.takeOver(new byte[SMALL_LENGTH])) {
      for (int i = 0; i < rounds; i++) {
        try (SecretBytes opened = key.open(key.seal(value, where), where)) {
          requireLength(SMALL_LENGTH, opened.length());
        }
      }
    }
  }

  private static void seal(int length, int rounds) {
    try (SecretBytes zeros = SecretBytes.takeOver(new byte[XAes.KEY_LENGTH])) {
      seal(XAes.of(zeros), length, rounds);
    }
  }

  private static void seal(Aead aead, int length, int rounds) {
    Place place = new Place(Purpose.STORED_VALUE, Bytes.utf8("warm-up"));
    Bytes value = Bytes.takeOver(new byte[length]);
    for (int i = 0; i < rounds; i++) {
      requireLength(length, aead.openBytes(aead.sealBytes(value, place), place).length());
    }
  }

  private static void requireLength(int sealed, int opened) {
    if (opened != sealed) {
      throw new AssertionError("the cipher does not open what it sealed");
    }
  }
}
