package io.coffer.conformance.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.cases.Json;
import io.coffer.conformance.cases.Mismatch;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Compares a value with an expected one, in which words in braces stand for kinds of values: texts
 * in {@link TextMatcher}, members named like <code>{len}</code> in {@link ArrayMatcher}. Objects
 * must have no members beyond the expected ones, unless <code>{...}</code> says so.
 */
final class Matcher {
  private static final String MORE = "{...}";
  private static final String ABSENT = "{absent}";

  private final Variables variables;
  private final TextMatcher texts;

  Matcher(Variables variables) {
    this.variables = variables;
    this.texts = new TextMatcher(variables);
  }

  /** Throws {@link Mismatch}, which names {@code path}, if {@code got} is not as expected. */
  void match(JsonNode expected, JsonNode got, String path) {
    if (expected.isTextual()) {
      texts.match(expected.textValue(), got, path);
    } else if (expected.isObject() && ArrayMatcher.applies(expected)) {
      new ArrayMatcher(this).match(expected, got, path);
    } else if (expected.isObject()) {
      matchObject(expected, got, path);
    } else if (expected.isArray()) {
      matchArray(expected, got, path);
    } else if (!Json.same(expected, got)) {
      throw new Mismatch("%s: expected %s, got %s".formatted(path, expected, Mismatch.quote(got)));
    }
  }

  boolean matches(JsonNode expected, JsonNode got, String path) {
    try {
      match(expected, got, path);
      return true;
    } catch (Mismatch _) {
      return false;
    }
  }

  private void matchArray(JsonNode expected, JsonNode got, String path) {
    if (!got.isArray() || got.size() != expected.size()) {
      throw new Mismatch(
          "%s: expected an array of %d, got %s"
              .formatted(path, expected.size(), Mismatch.quote(got)));
    }
    for (int i = 0; i < expected.size(); i++) {
      match(expected.get(i), got.get(i), path + "[" + i + "]");
    }
  }

  private void matchObject(JsonNode expected, JsonNode got, String path) {
    if (!got.isObject()) {
      throw new Mismatch(path + ": expected an object, got " + Mismatch.quote(got));
    }
    Set<String> unexpected = new HashSet<>();
    got.fieldNames().forEachRemaining(unexpected::add);
    for (Map.Entry<String, JsonNode> member : expected.properties()) {
      if (!member.getKey().equals(MORE)) {
        String name = variables.fill(member.getKey());
        matchMember(member.getValue(), got.path(name), path + "." + name);
        unexpected.remove(name);
      }
    }
    if (!unexpected.isEmpty() && !expected.path(MORE).asBoolean(false)) {
      throw new Mismatch(path + ": unexpected members " + unexpected);
    }
  }

  private void matchMember(JsonNode expected, JsonNode got, String path) {
    if (expected.asText().equals(ABSENT)) {
      if (!got.isMissingNode()) {
        throw new Mismatch(path + ": must be absent, got " + Mismatch.quote(got));
      }
    } else if (got.isMissingNode()) {
      throw new Mismatch(path + ": missing");
    } else {
      match(expected, got, path);
    }
  }
}
