package io.coffer.conformance.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.cases.Members;
import io.coffer.conformance.cases.Mismatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One step of a case. Texts are templates, filled when the step is done. */
sealed interface Step {
  /** One request on the connection of the case, or on a fresh one. */
  record Request(
      String method,
      String path,
      Map<String, @Nullable String> headers,
      @Nullable String body,
      @Nullable String bodyHex,
      boolean chunked,
      boolean expect100,
      boolean newConnection,
      Expectation expectation)
      implements Step {}

  /** Bytes on a fresh connection, and the answer to {@code method}. */
  record Raw(String method, String bytes, boolean finish, Expectation expectation)
      implements Step {}

  /** Repeats {@code steps} with the variable {@code as} counting from 0. */
  record Loop(int count, String as, List<Step> steps) implements Step {}

  /**
   * Sends a request {@code count} times at once; {@code statuses} is how often each status must be
   * answered, {@code json} what the bodies of a status must be.
   */
  record Parallel(
      int count, Request request, Map<String, JsonNode> statuses, Map<String, JsonNode> json)
      implements Step {}

  record SetVariable(String variable, String value) implements Step {}

  record Sleep(Duration duration) implements Step {}

  /** Saves the most frequent first character of the ids listed at {@code path}, and its count. */
  record SharedPrefix(String path, String savePrefix, String saveCount) implements Step {}

  /** Deletes everything listed at {@code list}, one by one under {@code each}. */
  record DeleteEach(String list, String each) implements Step {}

  static Step of(JsonNode step) {
    return switch (step.path("op").asText("")) {
      case "" -> step.has("raw") ? raw(step) : request(step);
      case "loop" -> {
        Members loop = Members.of(step, Set.of("op", "count", "as", "steps"));
        String as = loop.textOrNull("as");
        yield new Loop(loop.number("count"), as == null ? "i" : as, loop.list("steps", Step::of));
      }
      case "parallel" -> {
        Members parallel =
            Members.of(step, Set.of("op", "count", "step", "expect_statuses", "expect_json"));
        yield new Parallel(
            parallel.number("count"),
            request(step.path("step")),
            parallel.map("expect_statuses"),
            parallel.map("expect_json"));
      }
      case "set" -> {
        Members set = Members.of(step, Set.of("op", "var", "value"));
        yield new SetVariable(set.text("var"), set.text("value"));
      }
      case "sleep" -> {
        Members.of(step, Set.of("op", "seconds"));
        yield new Sleep(Duration.ofMillis(Math.round(step.path("seconds").asDouble() * 1000)));
      }
      case "shared_prefix" -> {
        Members shared = Members.of(step, Set.of("op", "path", "save_prefix", "save_count"));
        yield new SharedPrefix(
            shared.text("path"), shared.text("save_prefix"), shared.text("save_count"));
      }
      case "delete_each" -> {
        Members delete = Members.of(step, Set.of("op", "list", "each"));
        yield new DeleteEach(delete.text("list"), delete.text("each"));
      }
      default -> throw new Mismatch("unknown step " + Mismatch.quote(step));
    };
  }

  private static Request request(JsonNode step) {
    Members members =
        Members.of(
            step,
            Set.of(
                "method",
                "path",
                "headers",
                "body",
                "body_hex",
                "chunked",
                "expect_100",
                "new_conn",
                "save",
                "save_header",
                "expect"));
    return new Request(
        method(members),
        members.text("path"),
        members.texts("headers"),
        members.textOrNull("body"),
        members.textOrNull("body_hex"),
        members.flag("chunked"),
        members.flag("expect_100"),
        members.flag("new_conn"),
        Expectation.of(members));
  }

  private static Raw raw(JsonNode step) {
    Members members =
        Members.of(
            step,
            Set.of(
                "method",
                "path",
                "headers",
                "body",
                "raw",
                "raw_shut",
                "new_conn",
                "save",
                "save_header",
                "expect"));
    return new Raw(
        method(members), members.text("raw"), members.flag("raw_shut"), Expectation.of(members));
  }

  private static String method(Members step) {
    String method = step.textOrNull("method");
    return method == null ? "GET" : method;
  }
}
