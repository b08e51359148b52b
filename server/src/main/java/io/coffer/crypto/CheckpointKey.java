package io.coffer.crypto;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.LowLevelCryptoCaller;
import com.google.crypto.tink.PublicKeySign;
import com.google.crypto.tink.signature.Ed25519PrivateKey;
import com.google.crypto.tink.signature.Ed25519PublicKey;
import com.google.crypto.tink.signature.subtle.Ed25519Signer;
import com.google.crypto.tink.signature.subtle.Ed25519Verifier;
import com.google.crypto.tink.subtle.Ed25519Sign;
import io.coffer.Bytes;
import java.security.GeneralSecurityException;

/** The Ed25519 key pair that signs audit checkpoints, made of a seed of 32 bytes. */
final class CheckpointKey {
  static final int SEED_LENGTH = 32;

  private final RawKey seed;
  private final PublicKeySign signer;
  private final Bytes publicKey;

  private CheckpointKey(RawKey seed, PublicKeySign signer, Bytes publicKey) {
    this.seed = seed;
    this.signer = signer;
    this.publicKey = publicKey;
  }

  static CheckpointKey of(RawKey seed) {
    return seed.lend(bytes -> create(seed, bytes));
  }

  @AccessesPartialKey
  @LowLevelCryptoCaller
  private static CheckpointKey create(RawKey seed, byte[] bytes) {
    try {
      byte[] publicKey = Ed25519Sign.KeyPair.newKeyPairFromSeed(bytes).getPublicKey();
      Ed25519PrivateKey key =
          Ed25519PrivateKey.create(
              Ed25519PublicKey.create(com.google.crypto.tink.util.Bytes.copyFrom(publicKey)),
              com.google.crypto.tink.util.SecretBytes.copyFrom(
                  bytes, InsecureSecretKeyAccess.get()));
      return new CheckpointKey(seed, Ed25519Signer.create(key), Bytes.takeOver(publicKey));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("Ed25519 does not take this seed", e);
    }
  }

  RawKey seed() {
    return seed;
  }

  Bytes publicKey() {
    return publicKey;
  }

  Bytes sign(Bytes message) {
    try {
      return Bytes.takeOver(signer.sign(message.shared()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("signing failed", e);
    }
  }

  @AccessesPartialKey
  @LowLevelCryptoCaller
  static boolean verify(Bytes publicKey, Bytes message, Bytes signature) {
    try {
      Ed25519Verifier.create(
              Ed25519PublicKey.create(
                  com.google.crypto.tink.util.Bytes.copyFrom(publicKey.shared())))
          .verify(signature.shared(), message.shared());
      return true;
    } catch (GeneralSecurityException _) { // How Tink says no.
      return false;
    }
  }
}
