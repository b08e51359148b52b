package io.coffer.api.docker.wire;

/**
 * An answer that is not a success, as Docker clients read it: a status and one sentence. The
 * sentence echoes names and ids, and of a malformed body at most what an engine would echo; never a
 * decoded payload.
 */
public final class DockerError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String text;

  /**
   * @param status of HTTP, 400 to 599
   */
  public DockerError(int status, String text) {
    // No stack trace: it is an answer, and doors answer thousands a second.
    super(text, null, false, false);
    this.status = status;
    this.text = text;
  }

  public int status() {
    return status;
  }

  public String text() {
    return text;
  }
}
