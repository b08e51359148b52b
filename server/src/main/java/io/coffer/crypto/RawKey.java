package io.coffer.crypto;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import io.coffer.Entropy;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Key material that lives as long as the keyring does, and so is never closed. It does not print,
 * and every reader gets a copy that is wiped after it.
 */
final class RawKey {
  private final com.google.crypto.tink.util.SecretBytes bytes;

  private RawKey(com.google.crypto.tink.util.SecretBytes bytes) {
    this.bytes = bytes;
  }

  /** Copies what it needs; {@code bytes} stay the caller's to wipe. */
  static RawKey copyOf(byte[] bytes) {
    return new RawKey(
        com.google.crypto.tink.util.SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()));
  }

  static RawKey fresh(Entropy entropy, int length) {
    byte[] drawn = entropy.bytes(length);
    try {
      return copyOf(drawn);
    } finally {
      Arrays.fill(drawn, (byte) 0);
    }
  }

  int length() {
    return bytes.size();
  }

  <T> T lend(Function<byte[], T> reader) {
    byte[] copy = bytes.toByteArray(InsecureSecretKeyAccess.get());
    try {
      return reader.apply(copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "RawKey[redacted]";
  }
}
