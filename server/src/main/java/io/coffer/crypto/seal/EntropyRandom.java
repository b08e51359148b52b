package io.coffer.crypto.seal;

import io.coffer.Entropy;
import java.security.SecureRandom;

/** An {@link Entropy} for libraries that ask for the platform's own. */
final class EntropyRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final transient Entropy entropy;

  EntropyRandom(Entropy entropy) {
    this.entropy = entropy;
  }

  @Override
  public void nextBytes(byte[] target) {
    entropy.fill(target);
  }
}
