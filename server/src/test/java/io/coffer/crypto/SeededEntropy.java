package io.coffer.crypto;

import io.coffer.Entropy;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The same bytes for the same seed. */
public final class SeededEntropy implements Entropy {
  private final RandomGenerator random;

  public SeededEntropy(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  @Override
  public void fill(byte[] target) {
    random.nextBytes(target);
  }
}
