package io.coffer.conformance.lockbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.cases.Members;
import io.coffer.conformance.cases.Mismatch;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request and what its answer must be. {@code auth} names a token; a header whose value is null
 * is not sent; {@code rawBody} goes as it is and before {@code body}.
 */
record Step(
    String method,
    String path,
    @Nullable JsonNode body,
    @Nullable String rawBody,
    String auth,
    Map<String, @Nullable String> headers,
    Expectation expectation,
    Repeat repeat,
    Map<String, JsonNode> save) {
  private static final Set<String> KNOWN =
      Set.of(
          "method",
          "host",
          "path",
          "body",
          "raw_body",
          "save",
          "expect",
          "auth",
          "headers",
          "until",
          "expect_headers",
          "forbid_substring",
          "repeat_until_status",
          "repeat_max");

  /** When a request is to be sent again before its answer counts. */
  sealed interface Repeat {
    record Never() implements Repeat {}

    /** While the value at {@code pointer} of a 200 is another one. */
    record UntilEqual(String pointer, JsonNode value, Duration patience) implements Repeat {}

    /** While the answer is not the expected one. */
    record UntilMatch(Duration patience) implements Repeat {}

    /** While it is answered with 200, but no more than {@code max} times. */
    record UntilStatus(int status, int max) implements Repeat {}
  }

  static Step of(JsonNode step) {
    Members members = Members.of(step, KNOWN);
    String auth = members.textOrNull("auth");
    return new Step(
        members.text("method"),
        members.text("path"),
        members.has("body") ? members.value("body") : null,
        members.textOrNull("raw_body"),
        auth == null ? "main" : auth,
        members.texts("headers"),
        Expectation.of(members),
        repeat(members),
        members.map("save"));
  }

  private static Repeat repeat(Members step) {
    if (step.has("repeat_until_status")) {
      if (step.has("until")) {
        throw new Mismatch("two kinds of repetition in one step");
      }
      return new Repeat.UntilStatus(step.number("repeat_until_status"), step.number("repeat_max"));
    }
    if (!step.has("until")) {
      return new Repeat.Never();
    }
    Members until =
        Members.of(step.object().path("until"), Set.of("pointer", "equals", "match", "timeout_s"));
    Duration patience = Duration.ofSeconds(until.number("timeout_s"));
    return until.flag("match")
        ? new Repeat.UntilMatch(patience)
        : new Repeat.UntilEqual(until.text("pointer"), until.object().path("equals"), patience);
  }
}
