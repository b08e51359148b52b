package io.coffer.crypto;

/**
 * A ciphertext that does not open where it was found: moved, changed, or sealed by another key. A
 * bug or an attack, never the caller's mistake.
 */
public final class TamperedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TamperedException(String what) {
    super(what);
  }
}
