package io.coffer.conformance.lockbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.cases.Members;
import io.coffer.conformance.cases.Mismatch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an answer must be: one of some statuses, a subset of its JSON, headers exactly. */
record Expectation(
    List<Integer> status,
    @Nullable JsonNode json,
    Map<String, JsonNode> headers,
    @Nullable String forbidden) {
  private static final String ONE_OF = "{oneof:";

  static Expectation of(Members step) {
    Members expect = Members.of(step.object().path("expect"), Set.of("status", "json"));
    return new Expectation(
        statuses(expect.object().path("status")),
        expect.value("json"),
        step.map("expect_headers"),
        step.textOrNull("forbid_substring"));
  }

  private static List<Integer> statuses(JsonNode status) {
    if (status.isInt()) {
      return List.of(status.intValue());
    }
    String text = status.asText();
    if (!text.startsWith(ONE_OF) || !text.endsWith("}")) {
      throw new Mismatch("not a status: " + status);
    }
    String[] codes = text.substring(ONE_OF.length(), text.length() - 1).split("\\|", -1);
    return List.of(codes).stream().map(Integer::valueOf).toList();
  }

  /** Throws {@link Mismatch} if {@code answer} is not as expected. */
  void check(Answer answer, Variables variables) {
    if (!status.contains(answer.status())) {
      throw new Mismatch(
          "status %d, expected %s; body %s"
              .formatted(answer.status(), status, Mismatch.quote(answer.text())));
    }
    if (json != null) {
      new Matcher(variables).match(json, answer.json(), "");
    }
    headers.forEach((name, value) -> {
      if (!value.asText().equals(answer.header(name))) {
        throw new Mismatch(
            "header %s is %s, expected %s".formatted(name, answer.header(name), value));
      }
    });
    if (forbidden != null && answer.text().contains(variables.fill(forbidden))) {
      throw new Mismatch("answer leaks " + forbidden);
    }
  }
}
