package io.coffer.conformance.lockbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.cases.Json;
import io.coffer.conformance.cases.Mismatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs cases. {@code environment} holds what cases name in {@code requires} and <code>{env:…}
 * </code>; {@code enabled} what they require that has no value.
 */
final class CaseRunner {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int OK = 200;

  private final Client client;
  private final Map<String, String> environment;
  private final Set<String> enabled;

  CaseRunner(Client client, Map<String, String> environment, Set<String> enabled) {
    this.client = client;
    this.environment = Map.copyOf(environment);
    this.enabled = Set.copyOf(enabled);
  }

  /** What {@code one} requires and nobody supplied. */
  List<String> missing(LockboxCase one) {
    return one.requires().stream()
        .filter(name -> !environment.containsKey(name) && !enabled.contains(name))
        .toList();
  }

  /**
   * Throws {@link Mismatch}, which names the case and the step, at the first that does not go as
   * expected.
   */
  void run(LockboxCase one) {
    Variables variables = new Variables(environment);
    for (int i = 0; i < one.steps().size(); i++) {
      Step step = one.steps().get(i);
      try {
        run(step, variables);
      } catch (Mismatch e) {
        String path = Mismatch.quote(step.path());
        throw e.at("%s step %d %s %s".formatted(one.id(), i + 1, step.method(), path));
      }
    }
  }

  private void run(Step step, Variables variables) {
    long start = System.nanoTime();
    Answer answer = client.send(step, variables);
    for (int sent = 1; again(step, answer, variables, sent, start); sent++) {
      answer = client.send(step, variables);
    }
    step.expectation().check(answer, variables);
    for (Map.Entry<String, JsonNode> each : step.save().entrySet()) {
      JsonNode value = answer.json().at(each.getValue().textValue());
      if (value.isMissingNode()) {
        throw new Mismatch("nothing at " + each.getValue() + " to save as " + each.getKey());
      }
      variables.save(each.getKey(), value);
    }
  }

  private static boolean again(
      Step step, Answer answer, Variables variables, int sent, long start) {
    return switch (step.repeat()) {
      case Step.Repeat.Never() -> false;
      case Step.Repeat.UntilStatus(int status, int max) ->
          answer.status() != status && answer.status() == OK && sent < max;
      case Step.Repeat.UntilEqual(String pointer, JsonNode value, Duration patience) ->
          answer.status() == OK
              && !Json.same(value, answer.json().at(pointer))
              && pauseWithin(patience, start);
      case Step.Repeat.UntilMatch(Duration patience) ->
          !isExpected(step, answer, variables) && pauseWithin(patience, start);
    };
  }

  private static boolean isExpected(Step step, Answer answer, Variables variables) {
    try {
      step.expectation().check(answer, variables);
      return true;
    } catch (Mismatch _) {
      return false;
    }
  }

  /** Waits a moment and returns true, or returns false at once if the time is over. */
  private static boolean pauseWithin(Duration patience, long start) {
    if (System.nanoTime() - start >= patience.toNanos()) {
      return false;
    }
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Mismatch("interrupted", e);
    }
  }
}
