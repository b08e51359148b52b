package io.coffer.crypto;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.LowLevelCryptoCaller;
import com.google.crypto.tink.prf.HmacPrfKey;
import com.google.crypto.tink.prf.HmacPrfParameters;
import com.google.crypto.tink.prf.HmacPrfParameters.HashType;
import com.google.crypto.tink.prf.Prf;
import com.google.crypto.tink.prf.subtle.HmacPrf;
import io.coffer.Bytes;
import io.coffer.SecretBytes;
import java.security.GeneralSecurityException;

/** HMAC under one key: what only its holder can compute, and nobody can read back. */
public final class Hmac {
  private final Prf prf;

  private Hmac(Prf prf) {
    this.prf = prf;
  }

  /** Up to 32 bytes. The caller may close {@code key}, of at least 16 bytes. */
  public static Hmac sha256(SecretBytes key) {
    return key.lend(bytes -> create(HashType.SHA256, bytes));
  }

  static Hmac sha256(RawKey key) {
    return key.lend(bytes -> create(HashType.SHA256, bytes));
  }

  /** Up to 64 bytes. */
  static Hmac sha512(RawKey key) {
    return key.lend(bytes -> create(HashType.SHA512, bytes));
  }

  @AccessesPartialKey
  @LowLevelCryptoCaller
  private static Hmac create(HashType hash, byte[] key) {
    try {
      return new Hmac(
          HmacPrf.create(
              HmacPrfKey.builder()
                  .setParameters(
                      HmacPrfParameters.builder()
                          .setKeySizeBytes(key.length)
                          .setHashType(hash)
                          .build())
                  .setKeyBytes(
                      com.google.crypto.tink.util.SecretBytes.copyFrom(
                          key, InsecureSecretKeyAccess.get()))
                  .build()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("HMAC does not take this key", e);
    }
  }

  /** The first {@code length} bytes of the tag of {@code message}. */
  public Bytes tag(Bytes message, int length) {
    try {
      return Bytes.takeOver(prf.compute(message.shared(), length));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("HMAC failed", e);
    }
  }
}
