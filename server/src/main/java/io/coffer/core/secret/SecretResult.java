package io.coffer.core.secret;

import io.coffer.Bytes;
import java.util.Optional;

/** What an operation on a secret answered with: the secret as it was then. */
public record SecretResult(Secret secret, Optional<Version> current) {
  public static SecretResult decode(Bytes result) {
    return SecretCodec.result(result);
  }

  Bytes encode() {
    return SecretCodec.encode(this);
  }
}
