package io.coffer.core.template;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.SecretBytes;

/** Expands a template, within limits that no engine has and no sensible template meets. */
public final class Expansion {
  /** Of the template and of what it expands to: an engine takes less than 512,000. */
  public static final int BYTES_MAX = 511_999;

  /** Blocks and parentheses within each other. */
  static final int NESTING_MAX = 200;

  /** Blocks, pipelines and templates being worked on at once. */
  static final int DEPTH_MAX = 400;

  /** Nodes visited; work on long values counts as several. */
  static final int STEPS_MAX = 1_000_000;

  /** Variables in sight at once. */
  static final int VARIABLES_MAX = 200;

  /** Of all values that are made on the way. */
  static final int MEMORY_MAX = 16 << 20;

  private Expansion() {}

  /**
   * What {@code template} expands to, which the caller closes.
   *
   * @throws TemplateException if it cannot be expanded, and nothing else but what {@code sources}
   *     throws
   */
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // Handed on to the caller by the one who lends.
  public static SecretBytes expand(SecretBytes template, Context context, Sources sources) {
    if (template.length() > BYTES_MAX) {
      throw Trouble.limit("the template is longer than " + BYTES_MAX + " bytes");
    }
    return template.lend(source -> expand(source, context, sources));
  }

  @MustBeClosed
  private static SecretBytes expand(byte[] source, Context context, Sources sources) {
    try (Memory memory = new Memory(MEMORY_MAX)) {
      Templates templates = new Parser(source, memory).parse();
      Buffer out = new Buffer(memory, BYTES_MAX);
      Evaluator evaluator =
          new Evaluator(source, templates, new Functions(memory, sources), memory, out);
      evaluator.run(Values.of(context));
      return SecretBytes.takeOver(out.copy());
    }
  }
}
