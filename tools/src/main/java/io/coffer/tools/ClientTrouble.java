package io.coffer.tools;

/** Why a command that talks to a server could not do it, as a sentence. */
final class ClientTrouble extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClientTrouble(String sentence) {
    super(sentence);
  }
}
