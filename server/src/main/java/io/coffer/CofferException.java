package io.coffer;

/** Carries a {@link Problem} up to the door, which is the only place that turns it into words. */
public final class CofferException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  CofferException(Problem problem) {
    // No stack trace: a problem is the caller's or the world's, and doors answer thousands a
    // second.
    super(problem.toString(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
