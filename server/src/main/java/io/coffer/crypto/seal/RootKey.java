package io.coffer.crypto.seal;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.Entropy;
import io.coffer.SecretBytes;
import io.coffer.crypto.Aead.Place;
import io.coffer.crypto.Aead.Purpose;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.XAes;

/**
 * The key above the keyring: 32 random bytes that a {@link Seal} wraps. It is in memory only while
 * a header is made or opened.
 */
final class RootKey implements AutoCloseable {
  private static final int LENGTH = 32;

  private final SecretBytes bytes;

  private RootKey(SecretBytes bytes) {
    this.bytes = bytes;
  }

  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // The root key closes its bytes.
  static RootKey fresh(Entropy entropy) {
    return new RootKey(SecretBytes.takeOver(entropy.bytes(LENGTH)));
  }

  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // The root key closes its bytes.
  static RootKey unwrap(Seal seal, Bytes wrapped) {
    return new RootKey(seal.unwrap(wrapped));
  }

  Bytes wrap(Seal seal) {
    return seal.wrap(bytes);
  }

  /** Seals the keyring to {@code front}, all of the header that stands before it. */
  Bytes seal(Keyring keyring, Bytes front) {
    try (SecretBytes record = keyring.encode()) {
      return XAes.of(bytes).seal(record, place(front));
    }
  }

  Keyring open(Bytes sealed, Bytes front) {
    try (SecretBytes record = XAes.of(bytes).open(sealed, place(front))) {
      return Keyring.decode(record);
    }
  }

  private static Place place(Bytes front) {
    return new Place(Purpose.KEYRING, front);
  }

  @Override
  public void close() {
    bytes.close();
  }

  @Override
  public String toString() {
    return "RootKey[redacted]";
  }
}
