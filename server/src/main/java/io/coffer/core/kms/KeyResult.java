package io.coffer.core.kms;

import io.coffer.Bytes;

/**
 * What an operation on a key answered with: the key as it was then.
 *
 * @param version that the operation was on, else the primary one
 */
public record KeyResult(SymmetricKey key, KeyVersion version) {
  public static KeyResult decode(Bytes result) {
    return KeyCodec.result(result);
  }

  Bytes encode() {
    return KeyCodec.encode(this);
  }
}
