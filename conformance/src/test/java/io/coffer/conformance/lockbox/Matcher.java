package io.coffer.conformance.lockbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.cases.Json;
import io.coffer.conformance.cases.Mismatch;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares a value with an expected one: objects as subsets, arrays by length and order. A text may
 * be a word ({@link Word}); an object of one member named like {@code $len} is a test of an array.
 */
final class Matcher {
  private static final Set<String> OPERATORS =
      Set.of("$len", "$contains", "$unordered", "$exact", "$exact_object");

  private final Variables variables;

  Matcher(Variables variables) {
    this.variables = variables;
  }

  /** Throws {@link Mismatch}, which names {@code where}; a missing value is a missing node. */
  void match(JsonNode expected, JsonNode got, String where) {
    if (expected.isTextual() && Word.isWord(expected.textValue())) {
      Word.of(expected.textValue()).match(got, where, variables);
    } else if (got.isMissingNode()) {
      throw wrong(where, "missing, expected " + expected);
    } else if (expected.isObject() && isOperator(expected)) {
      Map.Entry<String, JsonNode> only = expected.properties().iterator().next();
      apply(only.getKey(), only.getValue(), got, where);
    } else if (expected.isObject()) {
      if (!got.isObject()) {
        throw wrong(where, "not an object: " + Mismatch.quote(got));
      }
      expected
          .properties()
          .forEach(member ->
              match(member.getValue(), got.path(member.getKey()), where + "/" + member.getKey()));
    } else if (expected.isArray()) {
      apply("$exact", expected, got, where);
    } else {
      matchValue(variables.fill(expected), got, where);
    }
  }

  private static void matchValue(JsonNode expected, JsonNode got, String where) {
    boolean same = Json.same(expected, got);
    if (expected.isNumber() && got.isNumber()) {
      BigDecimal number = expected.decimalValue();
      same = number.compareTo(got.decimalValue()) == 0;
    }
    if (!same) {
      throw wrong(where, "expected %s, got %s".formatted(expected, Mismatch.quote(got)));
    }
  }

  private static boolean isOperator(JsonNode expected) {
    return expected.size() == 1 && OPERATORS.contains(expected.fieldNames().next());
  }

  private void apply(String operator, JsonNode argument, JsonNode got, String where) {
    if (operator.equals("$exact_object")) {
      JsonNode filled = variables.fill(argument);
      if (!Json.same(filled, got)) {
        throw wrong(where, "expected exactly %s, got %s".formatted(filled, Mismatch.quote(got)));
      }
      return;
    }
    if (!got.isArray()) {
      throw wrong(where, "not an array: " + Mismatch.quote(got));
    }
    switch (operator) {
      case "$len" -> requireLength(argument.intValue(), got, where);
      case "$contains" -> findEach(argument, got, where);
      case "$unordered" -> {
        requireLength(argument.size(), got, where);
        findEach(argument, got, where);
      }
      case "$exact" -> {
        requireLength(argument.size(), got, where);
        for (int i = 0; i < argument.size(); i++) {
          match(argument.get(i), got.get(i), where + "/" + i);
        }
      }
      default -> throw new AssertionError(operator);
    }
  }

  private static void requireLength(int length, JsonNode got, String where) {
    if (got.size() != length) {
      throw wrong(
          where, "length %d, expected %d: %s".formatted(got.size(), length, Mismatch.quote(got)));
    }
  }

  /** Takes the first element that fits for each expected one. */
  private void findEach(JsonNode expected, JsonNode got, String where) {
    List<JsonNode> rest = new ArrayList<>();
    got.forEach(rest::add);
    for (JsonNode one : expected) {
      int found = 0;
      while (found < rest.size() && !matches(one, rest.get(found), where)) {
        found++;
      }
      if (found == rest.size()) {
        throw wrong(where, "no element matches " + one);
      }
      rest.remove(found);
    }
  }

  private boolean matches(JsonNode expected, JsonNode got, String where) {
    try {
      match(expected, got, where);
      return true;
    } catch (Mismatch _) {
      return false;
    }
  }

  private static Mismatch wrong(String where, String problem) {
    return new Mismatch((where.isEmpty() ? "/" : where) + ": " + problem);
  }
}
