package io.coffer.core.template;

import java.nio.charset.StandardCharsets;

/** Words for what is wrong: Go's where it has them, and bounded. */
final class Trouble {
  static final String NAME = "expansion";

  /** What an error quotes of a template or of a value. */
  static final int QUOTED_MAX = 200;

  private Trouble() {}

  /** A limit of ours. */
  static TemplateException limit(String what) {
    return new TemplateException("template: " + NAME + ": " + what);
  }

  /** What does not parse. */
  static TemplateException syntax(int line, String what) {
    return new TemplateException("template: " + NAME + ":" + line + ": " + what);
  }

  /** What cannot be done, at {@code node} of the template {@code name}. */
  static TemplateException at(byte[] source, String name, Node node, String what) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < node.at(); i++) {
      if (source[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    Excerpt excerpt = new Excerpt();
    node.show(excerpt);
    return new TemplateException(
        "template: "
            + NAME
            + ":"
            + line
            + ":"
            + (node.at() - lineStart)
            + ": executing "
            + quoted(name)
            + " at <"
            + excerpt
            + ">: "
            + what);
  }

  static String cut(String text) {
    return new Excerpt().add(text).toString();
  }

  /** As Go's {@code %q}, cut. */
  static String quoted(String text) {
    return quoted(Text.of(text), QUOTED_MAX);
  }

  /** As Go's {@code %.10q}, with any number. */
  static String quoted(Text text, int runesMax) {
    int end = 0;
    for (int i = 0; i < runesMax && end < text.length(); i++) {
      end += Utf8.width(text.bytes(), text.from() + end, text.to());
    }
    try (Memory memory = new Memory(Expansion.MEMORY_MAX)) {
      Buffer out = new Buffer(memory, Expansion.MEMORY_MAX);
      Quoting.text(out, text.part(0, end), false);
      return out.text().string();
    }
  }

  /** What an error shows of a node: the beginning. */
  static final class Excerpt {
    private final StringBuilder shown = new StringBuilder();

    Excerpt add(String text) {
      if (shown.length() <= QUOTED_MAX) {
        shown.append(text, 0, Math.min(text.length(), QUOTED_MAX + 1 - shown.length()));
      }
      return this;
    }

    Excerpt add(Text text) {
      int bytes = Math.min(text.length(), 4 * QUOTED_MAX);
      return add(new String(text.bytes(), text.from(), bytes, StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
      return shown.length() <= QUOTED_MAX
          ? shown.toString()
          : shown.substring(0, QUOTED_MAX) + "...";
    }
  }
}
