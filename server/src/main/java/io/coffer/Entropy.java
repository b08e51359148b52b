package io.coffer;

/** Where chance comes from: the system's secure generator, or a seeded one in tests. */
@FunctionalInterface
public interface Entropy {
  /** Fills the array with bytes nobody can predict. */
  void fill(byte[] target);

  default byte[] bytes(int length) {
    byte[] drawn = new byte[length];
    fill(drawn);
    return drawn;
  }
}
