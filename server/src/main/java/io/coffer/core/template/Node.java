package io.coffer.core.template;

import io.coffer.core.template.Trouble.Excerpt;
import java.util.List;
import java.util.Optional;

/** A part of a parsed template. {@link #at} is where errors say it is, as Go counts. */
sealed interface Node {
  int at();

  /** Writes it as Go's errors do. */
  void show(Excerpt out);

  record Sequence(int at, List<Node> nodes) implements Node {
    public Sequence {
      nodes = List.copyOf(nodes);
    }

    @Override
    public void show(Excerpt out) {
      nodes.forEach(node -> node.show(out));
    }
  }

  record Plain(int at, Text text) implements Node {
    @Override
    public void show(Excerpt out) {
      out.add(text);
    }
  }

  record Action(int at, Pipe pipe) implements Node {
    @Override
    public void show(Excerpt out) {
      out.add("{{");
      pipe.show(out);
      out.add("}}");
    }
  }

  /**
   * Commands, each given the result of the one before.
   *
   * @param assigns to variables that are there, rather than to new ones
   */
  record Pipe(int at, boolean assigns, List<Variable> variables, List<Command> commands)
      implements Node {
    public Pipe {
      variables = List.copyOf(variables);
      commands = List.copyOf(commands);
    }

    @Override
    public void show(Excerpt out) {
      String separator = "";
      for (Variable variable : variables) {
        out.add(separator);
        variable.show(out);
        separator = ", ";
      }
      separator = variables.isEmpty() ? "" : assigns ? " = " : " := ";
      for (Command command : commands) {
        out.add(separator);
        command.show(out);
        separator = " | ";
      }
    }
  }

  record Command(int at, List<Node> words) implements Node {
    public Command {
      words = List.copyOf(words);
    }

    @Override
    public void show(Excerpt out) {
      String separator = "";
      for (Node word : words) {
        out.add(separator);
        showOperand(word, out);
        separator = " ";
      }
    }
  }

  private static void showOperand(Node word, Excerpt out) {
    boolean parenthesized = word instanceof Pipe;
    out.add(parenthesized ? "(" : "");
    word.show(out);
    out.add(parenthesized ? ")" : "");
  }

  record Identifier(int at, String name) implements Node {
    @Override
    public void show(Excerpt out) {
      out.add(name);
    }
  }

  /** A variable, its dollar included, and fields of it. */
  record Variable(int at, List<String> path) implements Node {
    public Variable {
      path = List.copyOf(path);
    }

    String name() {
      return path.getFirst();
    }

    @Override
    public void show(Excerpt out) {
      out.add(String.join(".", path));
    }
  }

  record Dot(int at) implements Node {
    @Override
    public void show(Excerpt out) {
      out.add(".");
    }
  }

  record Nil(int at) implements Node {
    @Override
    public void show(Excerpt out) {
      out.add("nil");
    }
  }

  /** Fields of dot. */
  record FieldPath(int at, List<String> path) implements Node {
    public FieldPath {
      path = List.copyOf(path);
    }

    @Override
    public void show(Excerpt out) {
      path.forEach(name -> out.add(".").add(name));
    }
  }

  /** Fields of what {@code node} gives. */
  record Chain(int at, Node node, List<String> path) implements Node {
    public Chain {
      path = List.copyOf(path);
    }

    @Override
    public void show(Excerpt out) {
      showOperand(node, out);
      path.forEach(name -> out.add(".").add(name));
    }
  }

  /** True or false. */
  record Truth(int at, boolean value) implements Node {
    @Override
    public void show(Excerpt out) {
      out.add(value ? "true" : "false");
    }
  }

  record Numeral(int at, String text, Value value) implements Node {
    @Override
    public void show(Excerpt out) {
      out.add(text);
    }
  }

  /**
   * A string constant.
   *
   * @param quoted as it stands in the template
   */
  record Constant(int at, Text quoted, Text text) implements Node {
    @Override
    public void show(Excerpt out) {
      out.add(quoted);
    }
  }

  /** A block with another one for when its pipeline gives nothing. */
  record Branch(Kind kind, int at, Pipe pipe, Sequence body, Sequence otherwise) implements Node {
    enum Kind {
      IF("if"),
      WITH("with"),
      RANGE("range");

      private final String word;

      Kind(String word) {
        this.word = word;
      }

      String word() {
        return word;
      }
    }

    @Override
    public void show(Excerpt out) {
      out.add("{{").add(kind.word()).add(" ");
      pipe.show(out);
      out.add("}}");
    }
  }

  record Call(int at, String name, Optional<Pipe> pipe) implements Node {
    @Override
    public void show(Excerpt out) {
      out.add("{{template ").add(Trouble.quoted(name));
      pipe.ifPresent(argument -> {
        out.add(" ");
        argument.show(out);
      });
      out.add("}}");
    }
  }

  record Break(int at) implements Node {
    @Override
    public void show(Excerpt out) {
      out.add("{{break}}");
    }
  }

  record Continue(int at) implements Node {
    @Override
    public void show(Excerpt out) {
      out.add("{{continue}}");
    }
  }

  /** Ends a block; never part of a tree. */
  record End(int at) implements Node {
    @Override
    public void show(Excerpt out) {
      out.add("{{end}}");
    }
  }

  /** Divides a block; never part of a tree. */
  record Else(int at) implements Node {
    @Override
    public void show(Excerpt out) {
      out.add("{{else}}");
    }
  }
}
