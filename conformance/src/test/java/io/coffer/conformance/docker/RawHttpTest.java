package io.coffer.conformance.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.conformance.cases.Mismatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawHttpTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @TempDir private Path directory;
  private final Queue<String> answers = new ArrayDeque<>();
  private FakeServer server;
  private RawHttp http;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer(directory.resolve("s"), _ -> answers.remove());
    http = new RawHttp(directory.resolve("s"), PATIENCE);
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
    server.close();
  }

  @Test
  void sendsTheDefaultsAndTheBody() {
    answers.add(FakeServer.answer(201, "{\"ID\":1}"));

    HttpAnswer answer = http.exchange(post(Map.of(), "text", false, false));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().path("ID").intValue()).isEqualTo(1);
    assertThat(server.received().getFirst())
        .isEqualTo(
            new FakeServer.Received(
                "POST /p HTTP/1.1\r\nHost: docker\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 4",
                "text"));
  }

  @Test
  void aNullHeaderSuppressesTheDefaultAndAValueReplacesIt() {
    answers.add(FakeServer.answer(200, ""));
    Map<String, @Nullable String> headers = new HashMap<>();
    headers.put("content-type", null);
    headers.put("HOST", "other");

    http.exchange(post(headers, "b", false, false));

    assertThat(server.received().getFirst().head())
        .isEqualTo("POST /p HTTP/1.1\r\nContent-Length: 1\r\nHOST: other");
  }

  @Test
  void sendsABodyInChunks() {
    answers.add(FakeServer.answer(200, ""));

    http.exchange(post(Map.of(), "0123456789", true, false));

    assertThat(server.received().getFirst().body()).isEqualTo("0123456789");
    assertThat(server.received().getFirst().head()).doesNotContain("Content-Length");
  }

  @Test
  void waitsForTheContinueBeforeTheBody() {
    answers.add(FakeServer.answer(200, "done"));

    HttpAnswer answer = http.exchange(post(Map.of(), "body", false, true));

    assertThat(answer.text()).isEqualTo("done");
    assertThat(server.received().getFirst().body()).isEqualTo("body");
  }

  @Test
  void readsAChunkedAnswerWithExtensionsAndTrailer() {
    answers.add(
        String.join(
            "\r\n",
            "HTTP/1.1 200 OK",
            "Transfer-Encoding: chunked",
            "",
            "3;x=y",
            "abc",
            "A",
            "0123456789",
            "0",
            "T: 1",
            "",
            ""));
    answers.add(FakeServer.answer(200, "next"));

    assertThat(http.exchange(HttpRequest.plain("GET", "/")).text()).isEqualTo("abc0123456789");
    assertThat(http.exchange(HttpRequest.plain("GET", "/")).text()).isEqualTo("next");
  }

  @Test
  void readsUntilTheEndWithoutALength() {
    answers.add("HTTP/1.1 200 OK\r\nConnection: close\r\nX-A: b\r\n\r\nall of it");

    HttpAnswer answer = http.exchange(HttpRequest.plain("GET", "/"));

    assertThat(answer.text()).isEqualTo("all of it");
    assertThat(answer.header("x-a")).hasToString("\"b\"");
    assertThat(answer.header("x-b")).isNull();
  }

  @Test
  void anAnswerToHeadHasNoBody() {
    answers.add("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
    answers.add(FakeServer.answer(200, "next"));

    assertThat(http.exchange(HttpRequest.plain("HEAD", "/")).text()).isEmpty();
    assertThat(http.exchange(HttpRequest.plain("GET", "/")).text()).isEqualTo("next");
  }

  @Test
  void reopensAConnectionThatTheServerClosed() {
    answers.add("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    answers.add(FakeServer.answer(200, "second"));
    answers.add(""); // Closes without a word, and is asked again.
    answers.add(FakeServer.answer(200, "third"));

    http.exchange(HttpRequest.plain("GET", "/1"));
    assertThat(http.exchange(HttpRequest.plain("GET", "/2")).text()).isEqualTo("second");
    assertThat(http.exchange(HttpRequest.plain("GET", "/3")).text()).isEqualTo("third");
  }

  @Test
  void aFreshConnectionWithoutAnAnswerIsAFailure() {
    answers.add("");

    assertThatThrownBy(() -> http.exchange(HttpRequest.plain("GET", "/")))
        .isInstanceOf(Mismatch.class)
        .hasMessageContaining("closed by the server");
  }

  @Test
  void aServerThatNeverAnswersIsAFailure() {
    answers.add("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc");
    try (RawHttp impatient = new RawHttp(directory.resolve("s"), Duration.ofMillis(200))) {
      assertThatThrownBy(() -> impatient.exchange(HttpRequest.plain("GET", "/")))
          .isInstanceOf(Mismatch.class)
          .hasMessageContaining("no progress");
    }
  }

  @Test
  void sendsRawBytesAndHalfCloses() {
    answers.add("HTTP/1.0 400 Bad Request\r\n\r\nno");

    HttpAnswer answer = http.raw(RawHttp.bytes("GET / HTTP/1.0\r\n\r\n"), "GET", true);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(server.received().getFirst().head()).isEqualTo("GET / HTTP/1.0");
  }

  @Test
  void whatIsNotHttpIsAFailure() {
    answers.add("SSH-2.0\r\n");

    assertThatThrownBy(() -> http.exchange(HttpRequest.plain("GET", "/")))
        .hasMessageContaining("bad status line SSH-2.0");
  }

  private static HttpRequest post(
      Map<String, @Nullable String> headers, String body, boolean chunked, boolean expect100) {
    return new HttpRequest("POST", "/p", headers, RawHttp.bytes(body), chunked, expect100);
  }
}
