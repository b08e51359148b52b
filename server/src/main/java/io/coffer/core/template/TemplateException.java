package io.coffer.core.template;

/** A template that cannot be expanded. Its message is always the same; see {@link #text}. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient String text;

  TemplateException(String text) {
    super("a template cannot be expanded", null, false, false);
    this.text = text;
  }

  /**
   * What is wrong, in Go's words. It may quote the template and a value: it is for whoever may read
   * the value, and must not be logged or audited.
   */
  public String text() {
    return text;
  }
}
