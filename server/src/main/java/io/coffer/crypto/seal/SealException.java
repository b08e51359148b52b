package io.coffer.crypto.seal;

/**
 * A store that cannot be opened as things are, and what to do about it: a sentence for whoever
 * started the process. It happens before there is a call to answer, so it is no {@code Problem}.
 */
public final class SealException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SealException(String sentence) {
    super(sentence);
  }

  SealException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
