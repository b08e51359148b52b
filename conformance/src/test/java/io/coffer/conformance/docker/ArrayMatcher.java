package io.coffer.conformance.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.cases.Mismatch;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tests of a whole array, any of which may be combined in one object. */
final class ArrayMatcher {
  private static final Set<String> TESTS =
      Set.of("{unordered}", "{contains}", "{each}", "{len}", "{minlen}", "{sorted_by}");

  private final Matcher matcher;

  ArrayMatcher(Matcher matcher) {
    this.matcher = matcher;
  }

  /** Whether {@code expected} holds such tests and not members. */
  static boolean applies(JsonNode expected) {
    return expected.properties().stream().map(Map.Entry::getKey).anyMatch(TESTS::contains);
  }

  void match(JsonNode tests, JsonNode got, String path) {
    if (!got.isArray()) {
      throw new Mismatch(path + ": expected an array, got " + Mismatch.quote(got));
    }
    for (Map.Entry<String, JsonNode> test : tests.properties()) {
      JsonNode argument = test.getValue();
      switch (test.getKey()) {
        case "{len}" ->
            require(got.size() == argument.intValue(), path, "expected " + argument, got);
        case "{minlen}" ->
            require(got.size() >= argument.intValue(), path, "expected at least " + argument, got);
        case "{each}" -> each(argument, got, path);
        case "{contains}" -> rest(argument, got, path);
        case "{unordered}" -> {
          List<JsonNode> rest = rest(argument, got, path);
          require(rest.isEmpty(), path, "unexpected elements " + Mismatch.quote(rest), got);
        }
        case "{sorted_by}" ->
            require(isSorted(got, argument.textValue()), path, "not sorted by " + argument, got);
        default -> throw new Mismatch("unknown array test " + test.getKey());
      }
    }
  }

  private static void require(boolean holds, String path, String problem, JsonNode got) {
    if (!holds) {
      throw new Mismatch(
          "%s: %s, got %d elements: %s".formatted(path, problem, got.size(), Mismatch.quote(got)));
    }
  }

  private void each(JsonNode expected, JsonNode got, String path) {
    for (int i = 0; i < got.size(); i++) {
      matcher.match(expected, got.get(i), path + "[" + i + "]");
    }
  }

  /** Finds an element for each expected one, the first that fits; returns those left over. */
  private List<JsonNode> rest(JsonNode expected, JsonNode got, String path) {
    List<JsonNode> rest = new ArrayList<>();
    got.forEach(rest::add);
    for (JsonNode one : expected) {
      int found = 0;
      while (found < rest.size() && !matcher.matches(one, rest.get(found), path)) {
        found++;
      }
      require(found < rest.size(), path, "no element is " + one, got);
      rest.remove(found);
    }
    return rest;
  }

  private static boolean isSorted(JsonNode got, String pointer) {
    for (int i = 1; i < got.size(); i++) {
      if (compare(got.get(i - 1).at(pointer), got.get(i).at(pointer)) > 0) {
        return false;
      }
    }
    return true;
  }

  private static int compare(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      BigDecimal number = one.decimalValue();
      return number.compareTo(other.decimalValue());
    }
    if (!one.isTextual() || !other.isTextual()) {
      throw new Mismatch("cannot be ordered: " + one + " and " + other);
    }
    return one.textValue().compareTo(other.textValue());
  }
}
