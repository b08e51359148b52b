package io.coffer.crypto.seal;

/**
 * A seal asked, and nobody was there to answer. Nothing is wrong with the store, and a server can
 * wait for an operator.
 */
public final class UnansweredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnansweredException(String sentence) {
    super(sentence);
  }
}
