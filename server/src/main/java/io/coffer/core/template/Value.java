package io.coffer.core.template;

import java.util.List;

/** What pipelines are made of. {@link #type} is Go's name for what it is. */
sealed interface Value
    permits Text,
        Value.Int,
        Value.Octet,
        Value.Real,
        Value.Bool,
        Value.Labels,
        Value.Structure,
        Value.Nothing {
  String type();

  record Int(long value) implements Value {
    @Override
    public String type() {
      return "int";
    }
  }

  /** Of a string. */
  record Octet(int value) implements Value {
    @Override
    public String type() {
      return "uint8";
    }
  }

  record Real(double value) implements Value {
    @Override
    public String type() {
      return "float64";
    }
  }

  record Bool(boolean value) implements Value {
    @Override
    public String type() {
      return "bool";
    }
  }

  /** A map from string to string, in the order of keys. */
  record Labels(List<Label> entries) implements Value {
    public Labels {
      entries = List.copyOf(entries);
    }

    @Override
    public String type() {
      return "map[string]string";
    }
  }

  record Label(Text key, Text value) {}

  /**
   * A struct, or a pointer to one.
   *
   * @param struct Go's name of the type, without the asterisk of a pointer
   */
  record Structure(String struct, boolean pointer, List<Field> fields) implements Value {
    public Structure {
      fields = List.copyOf(fields);
    }

    @Override
    public String type() {
      return (pointer ? "*" : "") + struct;
    }
  }

  record Field(String name, Value value) {}

  /** No value at all. */
  record Nothing() implements Value {
    @Override
    public String type() {
      return "<nil>";
    }
  }

  /** Whether conditions take it for true. */
  default boolean truth() {
    return switch (this) {
      case Text text -> text.length() > 0;
      case Int(var value) -> value != 0;
      case Octet(var value) -> value != 0;
      case Real(var value) -> value != 0;
      case Bool(var value) -> value;
      case Labels(var entries) -> !entries.isEmpty();
      case Structure _ -> true;
      case Nothing() -> false;
    };
  }
}
