package io.coffer.conformance.cases;

/** An answer is not what a case expects, or a case cannot be carried out. */
public final class Mismatch extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int QUOTE_MAX = 400;

  public Mismatch(String message) {
    super(message);
  }

  public Mismatch(String message, Throwable cause) {
    super(message, cause);
  }

  /** This mismatch, with where it happened before it. */
  public Mismatch at(String where) {
    return new Mismatch(where + ": " + getMessage(), this);
  }

  /** {@code value} for a message: its first {@value #QUOTE_MAX} characters. */
  public static String quote(Object value) {
    String text = value.toString();
    return text.length() <= QUOTE_MAX
        ? text
        : text.substring(0, QUOTE_MAX) + "…(" + text.length() + ")";
  }
}
