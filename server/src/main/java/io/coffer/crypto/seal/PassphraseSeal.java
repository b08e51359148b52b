package io.coffer.crypto.seal;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.Entropy;
import io.coffer.SecretBytes;

/** A seal whose key is made of a passphrase, and is kept nowhere. */
public final class PassphraseSeal implements Seal {
  /** Characters; what a person types in earnest is longer. */
  public static final int LENGTH_MIN = 12;

  /** Bytes; nobody types more. */
  public static final int LENGTH_MAX = 1024;

  static final String KIND = "passphrase";

  private final Argon2 argon2;
  private final SealKey key;

  private PassphraseSeal(Argon2 argon2, SealKey key) {
    this.argon2 = argon2;
    this.key = key;
  }

  /**
   * A seal with a salt of its own.
   *
   * @throws SealException if the passphrase is too short or too long
   */
  static PassphraseSeal make(SecretBytes passphrase, Entropy entropy) {
    if (passphrase.lend(PassphraseSeal::characters) < LENGTH_MIN) {
      throw new SealException("a passphrase must have %d characters or more".formatted(LENGTH_MIN));
    }
    if (passphrase.length() > LENGTH_MAX) {
      throw new SealException("a passphrase must have %d bytes or less".formatted(LENGTH_MAX));
    }
    return of(passphrase, Argon2.fresh(entropy));
  }

  /** The seal of that passphrase; whether it is the one of the store, its fingerprint says. */
  static PassphraseSeal open(SecretBytes passphrase, Bytes parameters) {
    return of(passphrase, Argon2.decode(parameters));
  }

  private static PassphraseSeal of(SecretBytes passphrase, Argon2 argon2) {
    try (SecretBytes derived = argon2.derive(passphrase)) {
      return new PassphraseSeal(argon2, new SealKey(derived));
    }
  }

  /** In UTF-8, the bytes that begin one. */
  private static int characters(byte[] utf8) {
    int count = 0;
    for (byte each : utf8) {
      count += (each & 0xc0) == 0x80 ? 0 : 1;
    }
    return count;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String fingerprint() {
    return key.fingerprint();
  }

  @Override
  public Bytes parameters() {
    return argon2.encode();
  }

  @Override
  public Bytes wrap(SecretBytes rootKey) {
    return key.wrap(rootKey);
  }

  @Override
  @MustBeClosed
  public SecretBytes unwrap(Bytes wrapped) {
    return key.unwrap(wrapped);
  }

  @Override
  public String toString() {
    return "PassphraseSeal[" + fingerprint() + "]";
  }
}
