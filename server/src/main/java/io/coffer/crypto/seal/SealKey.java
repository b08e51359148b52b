package io.coffer.crypto.seal;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.SecretBytes;
import io.coffer.crypto.Aead.Place;
import io.coffer.crypto.Aead.Purpose;
import io.coffer.crypto.Hmac;
import io.coffer.crypto.XAes;

/**
 * What a seal key of 32 bytes can do, wherever the bytes come from. A wrapped root key is sealed
 * with {@link XAes} to the place (root key, "root").
 */
final class SealKey {
  private static final Place ROOT = new Place(Purpose.ROOT_KEY, Bytes.utf8("root"));
  private static final Bytes LABEL = Bytes.utf8("coffer seal fingerprint 1");
  private static final int FINGERPRINT_LENGTH = 8;

  private final XAes cipher;
  private final String fingerprint;

  /** Copies what it needs of {@code key}, which the caller may close. */
  SealKey(SecretBytes key) {
    this.cipher = XAes.of(key);
    this.fingerprint = Hmac.sha256(key).tag(LABEL, FINGERPRINT_LENGTH).hex();
  }

  String fingerprint() {
    return fingerprint;
  }

  Bytes wrap(SecretBytes rootKey) {
    return cipher.seal(rootKey, ROOT);
  }

  @MustBeClosed
  SecretBytes unwrap(Bytes wrapped) {
    return cipher.open(wrapped, ROOT);
  }
}
