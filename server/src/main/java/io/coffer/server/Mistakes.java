package io.coffer.server;

import java.util.List;

/** What is wrong with how the program was started: every mistake at once, a sentence each. */
public final class Mistakes extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> sentences;

  public Mistakes(List<String> sentences) {
    super(String.join("\n", sentences));
    this.sentences = List.copyOf(sentences);
  }

  public List<String> sentences() {
    return sentences;
  }
}
