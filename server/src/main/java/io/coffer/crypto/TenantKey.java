package io.coffer.crypto;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.SecretBytes;
import io.coffer.crypto.Aead.Place;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One version of a key that a tenant encrypts under. Get one from {@link TenantKeys}; used by one
 * thread at a time.
 *
 * <p>What does not open is no bug here: ciphertexts are kept by tenants, who may bring anything.
 */
public final class TenantKey implements AutoCloseable {
  private com.google.crypto.tink.@Nullable Aead cipher;

  private TenantKey(com.google.crypto.tink.Aead cipher) {
    this.cipher = cipher;
  }

  @MustBeClosed
  static TenantKey of(Algorithm algorithm, byte[] key) {
    try {
      return new TenantKey(
          switch (algorithm) {
            case AES_128 -> new AesGcmJce(key);
            case AES_192 -> new Aes192Gcm(key);
            case AES_256 -> xAes(key);
          });
    } catch (GeneralSecurityException e) {
      throw new AssertionError(algorithm + " does not take this key", e);
    }
  }

  private static com.google.crypto.tink.Aead xAes(byte[] key) {
    try (SecretBytes copy = SecretBytes.takeOver(key.clone())) {
      return XAes.cipher(copy);
    }
  }

  public Bytes seal(SecretBytes plaintext, Place place) {
    com.google.crypto.tink.Aead open = cipher();
    return plaintext.lend(bytes -> {
      try {
        return Bytes.takeOver(open.encrypt(bytes, place.associatedData()));
      } catch (GeneralSecurityException e) {
        throw new AssertionError("sealing failed", e);
      }
    });
  }

  /** What was sealed by this key for {@code place}, to be closed; empty if this was not. */
  @SuppressWarnings("MustBeClosedChecker") // Closed by whoever gets it.
  public Optional<SecretBytes> open(Bytes sealed, Place place) {
    try {
      return Optional.of(
          SecretBytes.takeOver(cipher().decrypt(sealed.shared(), place.associatedData())));
    } catch (GeneralSecurityException _) { // It says no more than that it did not open.
      return Optional.empty();
    }
  }

  private com.google.crypto.tink.Aead cipher() {
    com.google.crypto.tink.Aead open = cipher;
    if (open == null) {
      throw new AssertionError("tenant's key used after close");
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
    return "TenantKey[redacted]";
  }

  /**
   * What a key encrypts with. AES_128 and AES_192 are AES-GCM with random nonces of 96 bits: such a
   * version should be rotated before it has encrypted 2<sup>32</sup> times. AES_256 is
   * XAES-256-GCM, which has no such bound. The code is on disk: never reuse one, never renumber.
   */
  public enum Algorithm {
    AES_128((byte) 1, 16),
    AES_192((byte) 2, Aes192Gcm.KEY_LENGTH),
    AES_256((byte) 3, XAes.KEY_LENGTH);

    private final byte code;
    private final int keyLength;

    Algorithm(byte code, int keyLength) {
      this.code = code;
      this.keyLength = keyLength;
    }

    public byte code() {
      return code;
    }

    public int keyLength() {
      return keyLength;
    }

    public static Optional<Algorithm> of(int code) {
      return Arrays.stream(values()).filter(algorithm -> algorithm.code == code).findFirst();
    }
  }
}
