package io.coffer.crypto;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.SecretBytes;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * The key of one version of one secret: destroy what {@link #wrapped} returns, and the version is
 * gone. It seals the few entries of that version and nothing else, so AES-256-GCM with random
 * nonces of 96 bits is far from its bound:
 *
 * <pre>
 *    0  12  nonce, random
 *   12   n  the entry, enciphered
 *    …  16  tag
 * </pre>
 *
 * <p>Used by one thread at a time. Get one from {@link DataKeys}.
 */
public final class DataKey implements AutoCloseable {
  private final Bytes wrapped;
  private com.google.crypto.tink.@Nullable Aead cipher;

  private DataKey(Bytes wrapped, com.google.crypto.tink.Aead cipher) {
    this.wrapped = wrapped;
    this.cipher = cipher;
  }

  @MustBeClosed
  static DataKey of(byte[] key, Bytes wrapped) {
    try {
      return new DataKey(wrapped, new AesGcmJce(key));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("AES-256-GCM does not take this key", e);
    }
  }

  /** The key under the keyring, for the row it was made for. */
  public Bytes wrapped() {
    return wrapped;
  }

  public Bytes seal(SecretBytes value, EntryPlace where) {
    com.google.crypto.tink.Aead open = cipher();
    byte[] associatedData = where.place().associatedData();
    return value.lend(bytes -> {
      try {
        return Bytes.takeOver(open.encrypt(bytes, associatedData));
      } catch (GeneralSecurityException e) {
        throw new AssertionError("sealing failed", e);
      }
    });
  }

  /**
   * Returns the value, which the caller must close.
   *
   * @throws TamperedException if it was not sealed by this key for {@code where}
   */
  @MustBeClosed
  public SecretBytes open(Bytes sealed, EntryPlace where) {
    Aead.Place place = where.place();
    try {
      return SecretBytes.takeOver(cipher().decrypt(sealed.shared(), place.associatedData()));
    } catch (GeneralSecurityException _) { // It says no more than that it did not open.
      throw place.tampered();
    }
  }

  private com.google.crypto.tink.Aead cipher() {
    com.google.crypto.tink.Aead open = cipher;
    if (open == null) {
      throw new AssertionError("data key used after close");
    }
    return open;
  }

  /** Lets go of the key; the copies the cipher made are left to the collector. */
  @Override
  public void close() {
    cipher = null;
  }

  @Override
  public String toString() {
    return "DataKey[redacted]";
  }
}
