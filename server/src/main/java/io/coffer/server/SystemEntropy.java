package io.coffer.server;

import io.coffer.Entropy;
import java.security.SecureRandom;

/** The system's secure generator, one for each thread: a shared one is a lock. */
final class SystemEntropy implements Entropy {
  private static final ThreadLocal<SecureRandom> RANDOM =
      ThreadLocal.withInitial(SecureRandom::new);

  @Override
  public void fill(byte[] target) {
    RANDOM.get().nextBytes(target);
  }
}
