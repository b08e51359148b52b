package io.coffer.conformance.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.cases.Members;
import io.coffer.conformance.cases.Mismatch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an answer must be, and what to keep of it. No status means any; {@code json} and {@code
 * body} are matchers, {@code bodyContains} is text; {@code save} maps variables to JSON pointers,
 * {@code saveHeader} to header names.
 */
record Expectation(
    List<Integer> status,
    Map<String, JsonNode> headers,
    @Nullable JsonNode json,
    @Nullable JsonNode body,
    @Nullable String bodyContains,
    Map<String, JsonNode> save,
    Map<String, JsonNode> saveHeader) {
  private static final Set<String> KNOWN =
      Set.of("status", "headers", "json", "body", "body_contains");

  /** Reads the {@code expect}, {@code save} and {@code save_header} of a step. */
  static Expectation of(Members step) {
    Members expect = Members.of(step.object().path("expect"), KNOWN);
    return new Expectation(
        statuses(expect),
        expect.map("headers"),
        expect.value("json"),
        expect.value("body"),
        expect.textOrNull("body_contains"),
        step.map("save"),
        step.map("save_header"));
  }

  private static List<Integer> statuses(Members expect) {
    JsonNode status = expect.object().path("status");
    if (status.isMissingNode()) {
      return List.of();
    }
    return status.isArray()
        ? expect.list("status", JsonNode::intValue)
        : List.of(expect.number("status"));
  }

  /** Checks {@code answer}, then keeps what is to be saved; throws {@link Mismatch}. */
  void check(HttpAnswer answer, Variables variables) {
    Matcher matcher = new Matcher(variables);
    checkStatus(answer);
    headers.forEach((name, expected) -> checkHeader(name, expected, answer, matcher));
    if (json != null) {
      matcher.match(json, answer.json(), "$");
    }
    if (body != null) {
      matcher.match(body, answer.bodyNode(), "body");
    }
    if (bodyContains != null && !answer.text().contains(variables.fill(bodyContains))) {
      throw new Mismatch(
          "body does not contain " + bodyContains + ": " + Mismatch.quote(answer.text()));
    }
    keep(answer, variables);
  }

  private void checkStatus(HttpAnswer answer) {
    if (!status.isEmpty() && !status.contains(answer.status())) {
      throw new Mismatch(
          "status: expected %s, got %d %s"
              .formatted(status, answer.status(), Mismatch.quote(answer.text())));
    }
  }

  private static void checkHeader(
      String name, JsonNode expected, HttpAnswer answer, Matcher matcher) {
    JsonNode got = answer.header(name);
    boolean wanted = !expected.isNull() && !expected.asText().equals("{absent}");
    if (!wanted && got != null) {
      throw new Mismatch("header " + name + ": must be absent, got " + got);
    }
    if (wanted && got == null) {
      throw new Mismatch("header " + name + ": missing");
    }
    if (got != null) {
      matcher.match(expected, got, "header " + name);
    }
  }

  private void keep(HttpAnswer answer, Variables variables) {
    save.forEach((variable, pointer) -> {
      JsonNode found = answer.json().at(pointer.textValue());
      if (found.isMissingNode()) {
        throw new Mismatch(
            "nothing at " + pointer + " to save in " + Mismatch.quote(answer.text()));
      }
      variables.set(variable, found);
    });
    saveHeader.forEach((variable, name) -> {
      JsonNode found = answer.header(name.textValue());
      if (found == null) {
        throw new Mismatch("no header " + name + " to save");
      }
      variables.set(variable, found);
    });
  }
}
