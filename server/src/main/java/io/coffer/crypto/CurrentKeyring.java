package io.coffer.crypto;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.SecretBytes;

/**
 * The keyring of now, for all who seal: copied on write, read without a lock. A seal that began
 * before {@link #replace} may still use the term before; both open.
 */
public final class CurrentKeyring implements Aead {
  private volatile Keyring keyring;

  public CurrentKeyring(Keyring keyring) {
    this.keyring = keyring;
  }

  public Keyring keyring() {
    return keyring;
  }

  /**
   * From now on {@code rotated} seals. It must be in the store's header, durably, before: what it
   * seals is lost with it.
   */
  public synchronized void replace(Keyring rotated) {
    if (!rotated.continues(keyring)) {
      throw new AssertionError("not rotated from the keyring in use");
    }
    keyring = rotated;
  }

  @Override
  public Bytes seal(SecretBytes plaintext, Place place) {
    return keyring.seal(plaintext, place);
  }

  @Override
  public Bytes sealBytes(Bytes plaintext, Place place) {
    return keyring.sealBytes(plaintext, place);
  }

  @Override
  @MustBeClosed
  public SecretBytes open(Bytes ciphertext, Place place) {
    return keyring.open(ciphertext, place);
  }

  @Override
  public Bytes openBytes(Bytes ciphertext, Place place) {
    return keyring.openBytes(ciphertext, place);
  }

  @Override
  public String toString() {
    return "CurrentKeyring[" + keyring + "]";
  }
}
