package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.FakePlugin;
import io.coffer.testing.FakePlugin.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plugin beside a whole server: made through one door, read through the other. */
@Timeout(60)
final class DriverTest {
  private static final String JSON = "Content-Type: application/json\r\n";

  @TempDir private static Path home;
  private static Path plugins;
  private static RunningCoffer coffer;

  @BeforeAll
  static void start() {
    plugins = home.resolve("plugins");
    coffer = RunningCoffer.start(home, Map.of(Setting.DOCKER_PLUGIN_DIR, plugins.toString()));
  }

  @AfterAll
  static void stop() {
    coffer.close();
  }

  private static Answer create(String name, String driver, String more) {
    return Raw.ask(
        coffer.docker(),
        "POST /secrets/create",
        JSON,
        "{\"Name\":\"%s\",\"Driver\":{\"Name\":\"%s\"}%s}".formatted(name, driver, more));
  }

  private static Answer payload(String id) {
    return coffer.rest().get("/lockbox/v1/secrets/" + id + "/payload", coffer.token());
  }

  private static FakePlugin plugin(String name) {
    return FakePlugin.onSocket(plugins.resolve(name + ".sock"));
  }

  @Test
  void aSecretOfAPluginIsMadeByDockerAndReadByLockbox() {
    try (FakePlugin vault = plugin("vault")) {
      Answer made = create("one", "vault", ",\"Labels\":{\"path\":\"db\"}");
      assertThat(made.status()).isEqualTo(201);
      Answer read = payload(made.member("ID"));
      assertThat(read.form())
          .isEqualTo("{\"entries\":[{\"key\":\"data\",\"textValue\":\"from the plugin\"}]}");
      assertThat(vault.asked().getLast().body())
          .isEqualTo("{\"SecretName\":\"one\",\"SecretLabels\":{\"path\":\"db\"}}\n");
      Answer inspected = Raw.ask(coffer.docker(), "GET /secrets/one", "", "");
      assertThat(inspected.body()).contains("\"Driver\":{\"Name\":\"vault\"}");
    }
  }

  @Test
  void newLabelsAreToldToThePluginAtOnce() {
    try (FakePlugin vault = plugin("labelled")) {
      String id = create("two", "labelled", "").member("ID");
      assertThat(payload(id).status()).isEqualTo(200);
      assertThat(payload(id).status()).isEqualTo(200);
      String index =
          Raw.ask(coffer.docker(), "GET /secrets/two", "", "")
              .body()
              .replaceAll("(?s).*\"Index\":(\\d+).*", "$1");
      Answer updated =
          Raw.ask(
              coffer.docker(),
              "POST /secrets/" + id + "/update?version=" + index,
              JSON,
              "{\"Name\":\"two\",\"Labels\":{\"path\":\"new\"}}");
      assertThat(updated.status()).as(updated.body()).isEqualTo(200);
      assertThat(payload(id).status()).isEqualTo(200);
      assertThat(vault.paths())
          .containsExactly(
              "/Plugin.Activate", "/SecretProvider.GetSecret", "/SecretProvider.GetSecret");
      assertThat(vault.asked().getLast().body()).contains("\"path\":\"new\"");
    }
  }

  @Test
  void whatGoesWrongIsToldInWordsAndNeverInThePluginsOwn() {
    try (FakePlugin vault = plugin("bad")) {
      String id = create("three", "bad", "").member("ID");
      vault.secret(new Reply.Http(500, "hush-1"));
      assertError(payload(id), 400, 9, "driver bad: the plugin answered with an error");
      vault.secret(FakePlugin.json("{\"Err\":\"hush-2\"}"));
      assertError(payload(id), 400, 9, "driver bad: the plugin answered with an error");
      vault.secret(FakePlugin.json("hush-3"));
      assertError(
          payload(id), 400, 9, "driver bad: what the plugin answered is not of its protocol");
      vault.manifest(FakePlugin.json("{\"Implements\":[\"VolumeDriver\"]}"));
    }
    try (FakePlugin unfit = plugin("unfit")) {
      unfit.manifest(FakePlugin.json("{\"Implements\":[\"VolumeDriver\"]}"));
      Answer refused = create("four", "unfit", "");
      assertThat(refused.status()).isEqualTo(500);
      assertThat(refused.body())
          .isEqualTo(
              "{\"message\":\"rpc error: code = Unknown desc = legacy plugin: Plugin does not"
                  + " implement the requested driver\"}\n");
      unfit.manifest(new Reply.Http(500, "hush-4"));
      assertThat(create("four", "unfit", "").body())
          .isEqualTo(
              "{\"message\":\"rpc error: code = Unknown desc = plugin \\\"unfit\\\":"
                  + " the plugin answered with an error\"}\n");
    }
    assertThat(Raw.ask(coffer.docker(), "GET /secrets/four", "", "").status()).isEqualTo(404);
  }

  private static void assertError(Answer answer, int status, int code, String message) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body())
        .contains("\"code\":" + code)
        .contains("\"message\":\"" + message + "\"");
  }

  @Test
  void theNameIsLookedAtAfterTheDriver() {
    try (FakePlugin vault = plugin("order")) {
      assertThat(create("five", "order", "").status()).isEqualTo(201);
      assertThat(create("FIVE", "order", "").status()).isEqualTo(409);
      assertThat(create("FIVE", "../order", "").body())
          .contains("plugin \\\"../order\\\" not found");
      assertThat(vault.paths()).containsExactly("/Plugin.Activate");
    }
  }

  /** Of any length: engines do not look at it. */
  @Test
  void withADriverDataIsKeptAndNotGiven() {
    try (FakePlugin vault = plugin("kept")) {
      Answer made = create("six", "kept", ",\"Data\":\"c3RvcmVk\"");
      assertThat(made.status()).isEqualTo(201);
      assertThat(payload(made.member("ID")).body()).contains("from the plugin");
      assertThat(vault.paths()).hasSize(2);
    }
  }

  @Test
  void whoHangsUpWhileAPluginIsWaitedForLeavesNothingBehind(@TempDir Path alone)
      throws IOException {
    CountDownLatch open = new CountDownLatch(1);
    Path there = alone.resolve("plugins");
    long start;
    try (FakePlugin slow = FakePlugin.onSocket(there.resolve("slow.sock"))) {
      slow.manifest(new Reply.Later(open, FakePlugin.json("{}")));
      try (RunningCoffer own =
          RunningCoffer.start(alone, Map.of(Setting.DOCKER_PLUGIN_DIR, there.toString()))) {
        byte[] request =
            ("POST /secrets/create HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 40\r\n\r\n{\"Name\":\"gone\",\"Driver\":{\"Name\":\"slow\"}}")
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 5; i++) {
          try (SocketChannel channel = SocketChannel.open(own.docker())) {
            channel.write(ByteBuffer.wrap(request));
            while (slow.asked().isEmpty()) {
              Thread.onSpinWait();
            }
          }
        }
        start = System.nanoTime();
      }
      // Nobody waits for an answer, so neither does the stop.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      open.countDown();
    }
  }
}
