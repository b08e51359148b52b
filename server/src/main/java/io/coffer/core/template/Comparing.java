package io.coffer.core.template;

import io.coffer.core.template.Functions.Failure;
import io.coffer.core.template.Value.Bool;
import io.coffer.core.template.Value.Int;
import io.coffer.core.template.Value.Labels;
import io.coffer.core.template.Value.Nothing;
import io.coffer.core.template.Value.Octet;
import io.coffer.core.template.Value.Real;
import io.coffer.core.template.Value.Structure;
import java.util.List;

/** Go's comparisons of values of which nobody knows the type. */
final class Comparing {
  private Comparing() {}

  /** What values can be compared as. */
  private enum Kind {
    BOOL,
    INT,
    REAL,
    STRING,
    NONE
  }

  private static Kind kind(Value value) {
    return switch (value) {
      case Bool _ -> Kind.BOOL;
      case Int _, Octet _ -> Kind.INT;
      case Real _ -> Kind.REAL;
      case Text _ -> Kind.STRING;
      case Labels _, Structure _, Nothing _ -> Kind.NONE;
    };
  }

  /** Whether {@code first} equals any of the others. */
  static boolean equal(Value first, List<Value> others) {
    if (others.isEmpty()) {
      throw new Failure("missing argument for comparison");
    }
    for (Value other : others) {
      if (equal(first, other)) {
        return true;
      }
    }
    return false;
  }

  private static boolean equal(Value a, Value b) {
    if (kind(a) != kind(b)) {
      if (a instanceof Nothing || b instanceof Nothing) {
        return false;
      }
      throw new Failure("incompatible types for comparison");
    }
    return switch (kind(a)) {
      case BOOL, STRING -> a.equals(b);
      case INT -> number(a) == number(b);
      case REAL -> ((Real) a).value() == ((Real) b).value();
      case NONE -> equalOthers(a, b);
    };
  }

  private static boolean equalOthers(Value a, Value b) {
    if (a instanceof Nothing || b instanceof Nothing) {
      return a instanceof Nothing && b instanceof Nothing;
    }
    boolean comparable =
        b instanceof Structure structure
            && (structure.pointer()
                || structure.fields().stream().allMatch(field -> field.value() instanceof Text));
    if (!comparable) {
      throw new Failure("non-comparable type: " + b.type());
    }
    return a.equals(b);
  }

  static boolean less(Value a, Value b) {
    Kind kind = kind(a);
    if (kind == Kind.NONE || kind(b) == Kind.NONE) {
      throw new Failure("invalid type for comparison");
    }
    if (kind != kind(b)) {
      throw new Failure("incompatible types for comparison");
    }
    return switch (kind) {
      case INT -> number(a) < number(b);
      case REAL -> ((Real) a).value() < ((Real) b).value();
      case STRING -> ((Text) a).compareTo((Text) b) < 0;
      case BOOL, NONE -> throw new Failure("invalid type for comparison");
    };
  }

  static boolean lessOrEqual(Value a, Value b) {
    return less(a, b) || equal(a, b);
  }

  private static long number(Value value) {
    return value instanceof Octet(var octet) ? octet : ((Int) value).value();
  }
}
