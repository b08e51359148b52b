package io.coffer.crypto;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.SecretBytes;

/**
 * Authenticated encryption, bound to a place.
 *
 * <p>There is no overload without a {@link Place}: a ciphertext that opens somewhere else is the
 * bug this interface exists to make impossible.
 */
public interface Aead {
  Bytes seal(SecretBytes plaintext, Place place);

  /**
   * Returns the plaintext, which the caller must close.
   *
   * @throws TamperedException if {@code ciphertext} was not sealed by this key for {@code place}
   */
  @MustBeClosed
  SecretBytes open(Bytes ciphertext, Place place);

  /** As {@link #seal}, for rows that the heap holds as {@link Bytes} anyway. */
  default Bytes sealBytes(Bytes plaintext, Place place) {
    try (SecretBytes copy = SecretBytes.takeOver(plaintext.toByteArray())) {
      return seal(copy, place);
    }
  }

  /** As {@link #open}, for rows that the heap will hold as {@link Bytes} anyway. */
  default Bytes openBytes(Bytes ciphertext, Place place) {
    try (SecretBytes plaintext = open(ciphertext, place)) {
      return plaintext.lend(Bytes::copyOf);
    }
  }

  /** What a ciphertext is sealed to: what it is for, and the key it is stored under. */
  record Place(Purpose purpose, Bytes key) {
    /** The code of the purpose, one byte, and then the key: no two places share it. */
    byte[] associatedData() {
      byte[] joined = new byte[1 + key.length()];
      joined[0] = purpose.code();
      System.arraycopy(key.shared(), 0, joined, 1, key.length());
      return joined;
    }

    TamperedException tampered() {
      return new TamperedException(purpose + " at " + key.hex() + " does not open");
    }
  }

  /** What a ciphertext is for. The code is on disk: never reuse one, never renumber. */
  enum Purpose {
    /** A value of the engine, at its key. */
    STORED_VALUE((byte) 1),
    /** The data key of one secret version. */
    DATA_KEY((byte) 2),
    /** The keyring, under the root key. */
    KEYRING((byte) 3),
    /** One entry of a secret version, under its data key. */
    PAYLOAD_ENTRY((byte) 4),
    /** The root key, under a seal. */
    ROOT_KEY((byte) 5),
    /** The material of one version of a tenant's key. */
    TENANT_KEY((byte) 6),
    /** What a tenant had encrypted under a key of his, and keeps himself. */
    TENANT_CIPHERTEXT((byte) 7),
    /** The wrapped data key of one secret version, under a tenant's key. */
    TENANT_DATA_KEY((byte) 8);

    private final byte code;

    Purpose(byte code) {
      this.code = code;
    }

    byte code() {
      return code;
    }
  }
}
