package io.coffer.conformance.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.cases.Mismatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** The same request from many connections at once; {@code i} is the number of each. */
final class ParallelRequests {
  private final Path socket;
  private final Duration patience;

  ParallelRequests(Path socket, Duration patience) {
    this.socket = socket;
    this.patience = patience;
  }

  void run(Step.Parallel parallel, Variables variables) {
    List<HttpAnswer> answers = answers(parallel, variables);
    Map<String, Integer> counts = new TreeMap<>();
    answers.forEach(answer -> counts.merge(String.valueOf(answer.status()), 1, Integer::sum));
    Map<String, Integer> expected =
        parallel.statuses().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().intValue()));
    if (!counts.equals(expected)) {
      throw new Mismatch("expected statuses %s, got %s".formatted(expected, counts));
    }
    Matcher matcher = new Matcher(variables);
    for (HttpAnswer answer : answers) {
      JsonNode json = parallel.json().get(String.valueOf(answer.status()));
      if (json != null) {
        matcher.match(json, answer.json(), "$");
      }
    }
  }

  private List<HttpAnswer> answers(Step.Parallel parallel, Variables variables) {
    List<Future<HttpAnswer>> sent = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (int i = 0; i < parallel.count(); i++) {
        Variables own = variables.copy();
        own.set("i", i);
        sent.add(threads.submit(() -> send(CaseRunner.filled(parallel.request(), own))));
      }
    }
    return sent.stream().map(ParallelRequests::answer).toList();
  }

  private HttpAnswer send(HttpRequest request) {
    try (RawHttp http = new RawHttp(socket, patience)) {
      return http.exchange(request);
    }
  }

  private static HttpAnswer answer(Future<HttpAnswer> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new Mismatch("one of the requests: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Mismatch("interrupted", e);
    }
  }
}
