package io.coffer.conformance.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.conformance.cases.Altered;
import io.coffer.conformance.cases.Json;
import io.coffer.conformance.cases.Mismatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runner against a server that answers the same whatever it is asked. */
class CaseRunnerTest {
  private static final String LIST = "[{\"ID\":\"b1\"},{\"ID\":\"a1\"},{\"ID\":\"b2\"}]";

  @TempDir private Path directory;
  private final AtomicInteger created = new AtomicInteger();
  private FakeServer server;
  private CaseRunner runner;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer(directory.resolve("s"), this::answer);
    runner = new CaseRunner(directory.resolve("s"), Duration.ofSeconds(5));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private String answer(FakeServer.Received request) {
    return switch (request.line().split(" ", -1)[1].replaceAll("\\?.*", "")) {
      case "/_ping" -> "HTTP/1.1 200 OK\r\nApi-Version: 1.51\r\nContent-Length: 2\r\n\r\nOK";
      case "/version" -> FakeServer.answer(200, "{\"MinAPIVersion\":\"1.24\"}");
      case "/list" -> FakeServer.answer(200, LIST);
      case "/once" -> FakeServer.answer(created.getAndIncrement() == 0 ? 201 : 409, "{\"a\":1}");
      case "/echo" -> FakeServer.answer(200, request.body());
      default -> FakeServer.answer(404, "{\"message\":\"no\"}");
    };
  }

  private void run(String steps) {
    runner.run(DockerCase.of(Json.parse(line(steps, ""))));
  }

  private static String line(String steps, String cleanup) {
    return "{\"id\":\"T001\",\"title\":\"t\",\"tags\":[],\"steps\":[%s],\"cleanup\":[%s]}"
        .formatted(steps, cleanup);
  }

  @Test
  void learnsTheVersionsAndSavesFromBodiesAndHeaders() {
    run(
        """
        {"path":"/_ping","save_header":{"v":"api-VERSION"},"expect":{"status":[200,201],"body":"OK",
          "headers":{"Api-Version":"${api}","X":null}}},
        {"path":"/list","save":{"id":"/2/ID"},"expect":{"json":{"{len}":3},"body_contains":"a1"}},
        {"method":"POST","path":"/echo","body":"[\\"${v} ${id} ${api_next} ${minapi_prev}\\"]",
          "expect":{"json":["1.51 b2 1.52 1.23"]}},
        {"method":"POST","path":"/echo","body_hex":"5b315d","expect":{"json":[1]}}
        """);
  }

  @Test
  void loopsCountAndNamesAreUnique() {
    run(
        """
        {"op":"loop","count":3,"as":"k","steps":[
          {"op":"set","var":"last","value":"${u}/${k}"},
          {"method":"POST","path":"/echo","body":"\\"${last}\\"","expect":{"json":"{re:t001-[0-9a-f]{10}/[012]}"}}]},
        {"method":"POST","path":"/echo","body":"\\"${last}\\"","expect":{"json":"${u}/2"}}
        """);
    assertThat(server.received()).hasSize(6);
  }

  @Test
  void findsASharedPrefixAndDeletesEach() {
    run(
        """
        {"op":"shared_prefix","path":"/list","save_prefix":"p","save_count":"n"},
        {"method":"POST","path":"/echo","body":"[\\"${p}\\",${n}]","expect":{"json":["b",2]}},
        {"op":"delete_each","list":"/list?${p}","each":"/x/"}
        """);
    assertThat(server.received())
        .extracting(FakeServer.Received::line)
        .contains("GET /list?b HTTP/1.1", "DELETE /x/b1 HTTP/1.1", "DELETE /x/b2 HTTP/1.1")
        .endsWith("DELETE /x/b2 HTTP/1.1");
  }

  @Test
  void countsTheStatusesOfParallelRequests() {
    String step =
        """
        {"op":"parallel","count":8,"step":{"method":"POST","path":"/once","body":"${i}"},
          "expect_statuses":{"201":%d,"409":%d},"expect_json":{"409":{"a":%d}}}
        """;
    run(step.formatted(1, 7, 1));
    assertThat(server.received())
        .filteredOn(each -> each.line().startsWith("POST"))
        .extracting(FakeServer.Received::body)
        .containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6", "7");

    created.set(0);
    assertThatThrownBy(() -> run(step.formatted(2, 6, 1))).isInstanceOf(Mismatch.class);
    created.set(0);
    assertThatThrownBy(() -> run(step.formatted(1, 7, 2))).isInstanceOf(Mismatch.class);
  }

  @Test
  void cleansUpWhateverHappens() {
    DockerCase one =
        DockerCase.of(
            Json.parse(
                line(
                    "{\"path\":\"/list\",\"expect\":{\"status\":500}},{\"path\":\"/never\"}",
                    "{\"path\":\"/list\",\"save\":{\"x\":\"/nothing\"}},{\"path\":\"/cleaned\"}")));

    assertThatThrownBy(() -> runner.run(one))
        .hasMessageStartingWith("T001 step 1 GET /list: status: expected [500], got 200");
    assertThat(server.received())
        .extracting(FakeServer.Received::line)
        .endsWith("GET /cleaned HTTP/1.1")
        .doesNotContain("GET /never HTTP/1.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"path\":\"/list\",\"expect\":{\"status\":[201,204]}}",
        "{\"path\":\"/list\",\"expect\":{\"json\":[]}}",
        "{\"path\":\"/list\",\"expect\":{\"body\":\"x\"}}",
        "{\"path\":\"/list\",\"expect\":{\"body_contains\":\"x\"}}",
        "{\"path\":\"/list\",\"expect\":{\"headers\":{\"Content-Length\":null}}}",
        "{\"path\":\"/list\",\"expect\":{\"headers\":{\"X\":\"{any}\"}}}",
        "{\"path\":\"/list\",\"expect\":{\"headers\":{\"Content-Length\":\"7\"}}}",
        "{\"path\":\"/list\",\"save\":{\"x\":\"/9/ID\"}}",
        "{\"path\":\"/list\",\"save_header\":{\"x\":\"X\"}}",
        "{\"raw\":\"GET /list HTTP/1.1\\r\\n\\r\\n\",\"expect\":{\"status\":400}}",
        "{\"op\":\"shared_prefix\",\"path\":\"/echo\",\"save_prefix\":\"p\",\"save_count\":\"n\"}",
        "{\"op\":\"loop\",\"count\":1,\"steps\":[{\"path\":\"/list\",\"expect\":{\"status\":1}}]}",
      })
  void eachKindOfExpectationCanFail(String step) {
    assertThatThrownBy(() -> run(step)).isInstanceOf(Mismatch.class);
  }

  @Test
  void anAlteredStatusFails() {
    List<String> steps =
        List.of(
            "{\"path\":\"/list\",\"expect\":{\"status\":200}}",
            "{\"path\":\"/list\",\"expect\":{\"status\":[200,204]}}",
            "{\"op\":\"loop\",\"count\":1,\"steps\":[{\"path\":\"/list\",\"expect\":{\"status\":200}}]}");
    for (String step : steps) {
      run(step);
      DockerCase altered = DockerCase.of(Altered.statuses(Json.parse(line(step, ""))));
      assertThatThrownBy(() -> runner.run(altered)).hasMessageContaining("status: expected");
    }
  }
}
