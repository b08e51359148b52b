package io.coffer.conformance.lockbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.coffer.conformance.cases.Altered;
import io.coffer.conformance.cases.Json;
import io.coffer.conformance.cases.Mismatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runner against a server that tells what it was sent. */
class CaseRunnerTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Client client;
  private CaseRunner runner;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    client = new RestClient(base, Map.of("main", "token", "invalid", "bad"));
    runner = new CaseRunner(client, Map.of("FOLDER_ID", "f"), Set.of("SLOW"));
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  /** Answers the n-th request with n, what came in, and 401 without the right token. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String token = exchange.getRequestHeaders().getFirst("Authorization");
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
      int n = asked.incrementAndGet();
      String json =
          "{\"n\":%d,\"done\":%b,\"type\":\"%s\",\"list\":[{\"id\":\"a\"}]}"
              .formatted(n, n > 2, type);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      int status =
          !"Bearer token".equals(token)
              ? 401
              : exchange.getRequestURI().getPath().equals("/gone") && n > 2 ? 429 : 200;
      exchange.sendResponseHeaders(status, json.length());
      exchange.getResponseBody().write(json.getBytes(UTF_8));
    }
  }

  private void run(String steps) {
    runner.run(one(steps));
  }

  private static LockboxCase one(String steps) {
    return LockboxCase.of(Json.parse(line(steps, "")));
  }

  private static String line(String steps, String requires) {
    return ("{\"id\":\"t-1\",\"title\":\"t\",\"source\":\"s\",\"confidence\":\"documented\","
            + "\"steps\":[%s],\"requires\":[%s]}")
        .formatted(steps, requires);
  }

  @Test
  void savesAndSendsWhatWasSaved() {
    run(
        """
        {"method":"GET","host":"api","path":"/x?f={env:FOLDER_ID}&s=a b","body":null,
          "save":{"id":"/list/0/id"},
          "expect":{"status":200,"json":{"n":1,"type":"null"}},
          "expect_headers":{"Content-Type":"application/json"}},
        {"method":"PATCH","host":"api","path":"/x/{var:id}:do","body":{"v":"{var:id}","{var:id}":[1]},
          "expect":{"status":"{oneof:200|409}","json":{"type":"application/json"}}},
        {"method":"POST","host":"api","path":"/","raw_body":"{","headers":{"Content-Type":null},
          "expect":{"status":200,"json":{"type":"null"}},"forbid_substring":"secret"}
        """);
    assertThat(received)
        .containsExactly(
            "GET /x?f=f&s=a%20b ", "PATCH /x/a:do {\"v\":\"a\",\"a\":[1]}", "POST / {");
  }

  @Test
  void sendsTheNamedTokenOrNone() {
    run(
        """
        {"method":"GET","host":"api","path":"/","auth":"none","expect":{"status":401}},
        {"method":"GET","host":"api","path":"/","auth":"invalid","expect":{"status":401}},
        {"method":"GET","host":"api","path":"/","auth":"none",
          "headers":{"Authorization":"Bearer token"},"expect":{"status":200}}
        """);
    assertThatThrownBy(() ->
            run("{\"method\":\"GET\",\"path\":\"/\",\"auth\":\"sa\",\"expect\":{\"status\":200}}"))
        .hasMessageContaining("no token sa");
  }

  @Test
  void repeatsUntilTheValueIsThere() {
    run(
        """
        {"method":"GET","host":"operation","path":"/","expect":{"status":200,"json":{"done":true}},
          "until":{"pointer":"/done","equals":true,"timeout_s":15}}
        """);
    assertThat(received).hasSize(3);
  }

  @Test
  void repeatsUntilTheExpectationHolds() {
    run(
        """
        {"method":"GET","host":"operation","path":"/","expect":{"status":200,"json":{"n":4}},
          "until":{"match":true,"timeout_s":15}}
        """);
    assertThat(received).hasSize(4);
  }

  @Test
  void repeatsUntilTheStatusButNotForEver() {
    String step =
        """
        {"method":"GET","host":"operation","path":"/gone","expect":{"status":429},
          "repeat_until_status":429,"repeat_max":%d}
        """;
    run(step.formatted(10));
    assertThat(received).hasSize(3);

    asked.set(0);
    assertThatThrownBy(() -> run(step.formatted(2))).hasMessageContaining("status 200");
    assertThat(received).hasSize(5);
  }

  @Test
  void givesUpWhenTheTimeIsOver() {
    assertThatThrownBy(() ->
            run(
                """
                {"method":"GET","host":"api","path":"/","expect":{"status":200,"json":{"n":-1}},
                  "until":{"match":true,"timeout_s":0}}
                """))
        .hasMessageContaining("/n: expected -1, got 1");
  }

  @Test
  void namesWhatACaseRequiresAndNobodySupplied() {
    LockboxCase other =
        LockboxCase.of(
            Json.parse(line("", "\"SLOW\",\"FOLDER_ID\",\"SA_ID\"").replace("t-1", "t-2")));

    assertThat(runner.missing(other)).containsExactly("SA_ID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"method\":\"GET\",\"path\":\"/\",\"expect\":{\"status\":201}}",
        "{\"method\":\"GET\",\"path\":\"/\",\"expect\":{\"status\":\"{oneof:20|2000}\"}}",
        "{\"method\":\"GET\",\"path\":\"/\",\"expect\":{\"status\":200,\"json\":{\"n\":2}}}",
        "{\"method\":\"GET\",\"path\":\"/\",\"expect\":{\"status\":200},\"expect_headers\":{\"X\":\"y\"}}",
        "{\"method\":\"GET\",\"path\":\"/\",\"expect\":{\"status\":200},\"forbid_substring\":\"list\"}",
        "{\"method\":\"GET\",\"path\":\"/\",\"expect\":{\"status\":200},\"save\":{\"x\":\"/list/1\"}}",
        "{\"method\":\"GET\",\"path\":\"/{var:x}\",\"expect\":{\"status\":200}}",
      })
  void eachKindOfExpectationCanFail(String step) {
    assertThatThrownBy(() -> run(step)).isInstanceOf(Mismatch.class);
  }

  @Test
  void anAlteredStatusFails() {
    for (String status : List.of("200", "\"{oneof:200|201}\"")) {
      String step =
          "{\"method\":\"GET\",\"path\":\"/\",\"expect\":{\"status\":%s}}".formatted(status);
      run(step);
      LockboxCase altered = LockboxCase.of(Altered.statuses(Json.parse(line(step, ""))));
      assertThatThrownBy(() -> runner.run(altered)).hasMessageContaining("status 200, expected");
    }
  }
}
