package io.coffer.crypto;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.LowLevelCryptoCaller;
import com.google.crypto.tink.aead.XAesGcmKey;
import com.google.crypto.tink.aead.XAesGcmParameters;
import com.google.crypto.tink.aead.XAesGcmParameters.Variant;
import com.google.crypto.tink.aead.subtle.XAesGcmAead;
import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.SecretBytes;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * XAES-256-GCM under one key of 32 bytes. Nonces are 192 random bits, so that no count of messages
 * anybody reaches brings two together. Ciphertexts are 40 bytes longer than what they seal:
 *
 * <pre>
 *    0  12  salt, random
 *   12  12  nonce, random
 *   24   n  what was sealed, enciphered
 *    …  16  tag
 * </pre>
 *
 * <p>The associated data is {@link Place#associatedData}. Salt and nonce come from the system's
 * generator, never from an {@link io.coffer.Entropy}: a test's seed must not be able to decide one.
 */
public final class XAes implements Aead {
  public static final int KEY_LENGTH = 32;

  private static final int SALT_LENGTH = 12;

  private final com.google.crypto.tink.Aead cipher;

  private XAes(com.google.crypto.tink.Aead cipher) {
    this.cipher = cipher;
  }

  /** The cipher keeps a copy of {@code key}, which the caller may close. */
  public static XAes of(SecretBytes key) {
    return create(Variant.NO_PREFIX, null, key);
  }

  /** The cipher alone, for those who seal to what is no {@link Place}. */
  static com.google.crypto.tink.Aead cipher(SecretBytes key) {
    return of(key).cipher;
  }

  /** Before the layout above stand the byte 1 and {@code term}, big-endian in four bytes. */
  static XAes ofTerm(int term, SecretBytes key) {
    return create(Variant.TINK, term, key);
  }

  @AccessesPartialKey
  @LowLevelCryptoCaller
  private static XAes create(Variant variant, @Nullable Integer term, SecretBytes key) {
    try {
      return new XAes(
          XAesGcmAead.create(
              XAesGcmKey.create(
                  XAesGcmParameters.create(variant, SALT_LENGTH),
                  key.lend(bytes ->
                      com.google.crypto.tink.util.SecretBytes.copyFrom(
                          bytes, InsecureSecretKeyAccess.get())),
                  term)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("XAES-256-GCM does not take this key", e);
    }
  }

  @Override
  public Bytes seal(SecretBytes plaintext, Place place) {
    return plaintext.lend(bytes -> seal(bytes, place));
  }

  @Override
  public Bytes sealBytes(Bytes plaintext, Place place) {
    return seal(plaintext.shared(), place);
  }

  @Override
  @MustBeClosed
  public SecretBytes open(Bytes ciphertext, Place place) {
    return SecretBytes.takeOver(opened(ciphertext, place));
  }

  @Override
  public Bytes openBytes(Bytes ciphertext, Place place) {
    return Bytes.takeOver(opened(ciphertext, place));
  }

  private Bytes seal(byte[] plaintext, Place place) {
    try {
      return Bytes.takeOver(cipher.encrypt(plaintext, place.associatedData()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("sealing failed", e);
    }
  }

  private byte[] opened(Bytes ciphertext, Place place) {
    try {
      return cipher.decrypt(ciphertext.shared(), place.associatedData());
    } catch (GeneralSecurityException _) { // It says no more than that it did not open.
      throw place.tampered();
    }
  }
}
