package io.coffer.crypto;

import com.google.crypto.tink.subtle.Random;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-192-GCM as {@link DataKey} draws AES-256-GCM. Tink has no keys of 192 bits, and tenants may
 * ask for them: this is the platform's cipher with Tink's nonces, in Tink's form.
 */
final class Aes192Gcm implements com.google.crypto.tink.Aead {
  static final int KEY_LENGTH = 24;

  private static final int NONCE_LENGTH = 12;
  private static final int TAG_LENGTH = 16;

  private final SecretKey key;

  Aes192Gcm(byte[] key) {
    if (key.length != KEY_LENGTH) {
      throw new AssertionError("AES-192-GCM does not take this key");
    }
    this.key = new SecretKeySpec(key, "AES");
  }

  @Override
  public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
    byte[] nonce = Random.randBytes(NONCE_LENGTH);
    byte[] out = Arrays.copyOf(nonce, NONCE_LENGTH + plaintext.length + TAG_LENGTH);
    Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, associatedData);
    int written = cipher.doFinal(plaintext, 0, plaintext.length, out, NONCE_LENGTH);
    if (written != plaintext.length + TAG_LENGTH) {
      throw new AssertionError("AES-192-GCM wrote another length");
    }
    return out;
  }

  @Override
  public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
    if (ciphertext.length < NONCE_LENGTH + TAG_LENGTH) {
      throw new GeneralSecurityException("too short");
    }
    byte[] nonce = Arrays.copyOf(ciphertext, NONCE_LENGTH);
    return cipher(Cipher.DECRYPT_MODE, nonce, associatedData)
        .doFinal(ciphertext, NONCE_LENGTH, ciphertext.length - NONCE_LENGTH);
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] associatedData)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce));
    cipher.updateAAD(associatedData);
    return cipher;
  }
}
