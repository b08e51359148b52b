package io.coffer.conformance.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.cases.Mismatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs cases against the engine behind a Unix socket. */
final class CaseRunner {
  private static final int UNIQUE_DIGITS = 10;

  private final Path socket;
  private final Duration patience;
  private final Variables engine;

  /** Asks the engine for its API versions first; throws {@link Mismatch} if it does not say. */
  CaseRunner(Path socket, Duration patience) {
    this.socket = socket;
    this.patience = patience;
    this.engine = new Variables();
    try (RawHttp http = new RawHttp(socket, patience)) {
      JsonNode version = http.exchange(HttpRequest.plain("GET", "/_ping")).header("Api-Version");
      if (version == null) {
        throw new Mismatch("/_ping names no Api-Version");
      }
      String oldest =
          http.exchange(HttpRequest.plain("GET", "/version"))
              .json()
              .path("MinAPIVersion")
              .asText("1.24");
      engine.set("api", version);
      engine.set("api_next", neighbour(version.textValue(), 1));
      engine.set("minapi", oldest);
      engine.set("minapi_prev", neighbour(oldest, -1));
    }
  }

  private static String neighbour(String version, int distance) {
    int dot = version.indexOf('.');
    return version.substring(0, dot + 1)
        + (Integer.parseInt(version.substring(dot + 1)) + distance);
  }

  /**
   * Throws {@link Mismatch}, which names the case and the step, at the first that does not go as
   * expected.
   */
  void run(DockerCase one) {
    Variables variables = engine.copy();
    String unique = UUID.randomUUID().toString().replace("-", "").substring(0, UNIQUE_DIGITS);
    variables.set("u", one.id().toLowerCase(Locale.ROOT) + "-" + unique);
    try (RawHttp http = new RawHttp(socket, patience)) {
      try {
        for (int i = 0; i < one.steps().size(); i++) {
          run(one.steps().get(i), one.id() + " step " + (i + 1), http, variables);
        }
      } finally {
        one.cleanup().forEach(step -> cleanUp(step, http, variables));
      }
    }
  }

  private void run(Step step, String where, RawHttp http, Variables variables) {
    try {
      run(step, http, variables);
    } catch (Mismatch e) {
      throw e.at(where + " " + describe(step));
    }
  }

  private void cleanUp(Step step, RawHttp http, Variables variables) {
    try {
      run(step, http, variables);
    } catch (Mismatch _) {
      // What a failed case did not make cannot be removed.
    }
  }

  private static String describe(Step step) {
    return switch (step) {
      case Step.Request request -> request.method() + " " + Mismatch.quote(request.path());
      case Step.Raw raw -> "raw " + raw.method();
      default -> step.getClass().getSimpleName();
    };
  }

  private void run(Step step, RawHttp http, Variables variables) {
    switch (step) {
      case Step.Request request -> {
        if (request.newConnection()) {
          http.close();
        }
        request.expectation().check(http.exchange(filled(request, variables)), variables);
      }
      case Step.Raw raw ->
          raw.expectation()
              .check(
                  http.raw(RawHttp.bytes(variables.fill(raw.bytes())), raw.method(), raw.finish()),
                  variables);
      case Step.Loop loop -> {
        for (int i = 0; i < loop.count(); i++) {
          variables.set(loop.as(), i);
          for (Step inner : loop.steps()) {
            run(inner, "round " + i, http, variables);
          }
        }
      }
      case Step.Parallel parallel ->
          new ParallelRequests(socket, patience).run(parallel, variables);
      case Step.SetVariable set -> variables.set(set.variable(), variables.fill(set.value()));
      case Step.Sleep sleep -> sleep(sleep.duration());
      case Step.SharedPrefix shared -> findSharedPrefix(shared, http, variables);
      case Step.DeleteEach delete -> {
        for (JsonNode one : list(delete.list(), http, variables)) {
          String path = variables.fill(delete.each()) + one.path("ID").asText();
          http.exchange(HttpRequest.plain("DELETE", path));
        }
      }
    }
  }

  /** The request with its variables filled in. */
  static HttpRequest filled(Step.Request request, Variables variables) {
    Map<String, @Nullable String> headers = new LinkedHashMap<>();
    request
        .headers()
        .forEach((name, value) -> headers.put(name, value == null ? null : variables.fill(value)));
    return new HttpRequest(
        request.method(),
        variables.fill(request.path()),
        headers,
        body(request, variables),
        request.chunked(),
        request.expect100());
  }

  private static byte @Nullable [] body(Step.Request request, Variables variables) {
    String hex = request.bodyHex();
    if (hex != null) {
      return HexFormat.of().parseHex(hex);
    }
    String text = request.body();
    return text == null ? null : variables.fill(text).getBytes(UTF_8);
  }

  private static JsonNode list(String path, RawHttp http, Variables variables) {
    return http.exchange(HttpRequest.plain("GET", variables.fill(path))).json();
  }

  private static void findSharedPrefix(
      Step.SharedPrefix shared, RawHttp http, Variables variables) {
    Map<String, Integer> counts = new TreeMap<>();
    for (JsonNode one : list(shared.path(), http, variables)) {
      counts.merge(one.path("ID").asText().substring(0, 1), 1, Integer::sum);
    }
    Map.Entry<String, Integer> most =
        counts.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .filter(entry -> entry.getValue() > 1)
            .orElseThrow(() -> new Mismatch("no two ids share a first character: " + counts));
    variables.set(shared.savePrefix(), most.getKey());
    variables.set(shared.saveCount(), most.getValue());
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Mismatch("interrupted", e);
    }
  }
}
