package io.coffer.conformance.promises;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.conformance.CofferProcess;
import io.coffer.conformance.cases.Json;
import io.coffer.conformance.cases.Mismatch;
import io.coffer.conformance.lockbox.LockboxClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A watcher that goes away and comes back, and whose server is killed, is told of all, once. */
@Timeout(180)
class WatcherTest {
  private static final int ROUNDS = 6;
  private static final int A_ROUND = 60;

  private final List<String> told = new ArrayList<>();
  private String position = "";

  @Test
  void aWatcherThatPausesAndResumesMissesNothingAndHearsNothingTwice() throws Exception {
    Random random = new Random(20_251_122);
    List<String> made = new CopyOnWriteArrayList<>();
    try (CofferProcess coffer = CofferProcess.start()) {
      watch(coffer, 0); // To have a position before the first change.
      assertThat(position).isNotEmpty();
      for (int round = 0; round < ROUNDS; round++) {
        int number = round;
        Thread creator = Thread.ofPlatform().start(() -> create(coffer, "watched-" + number, made));
        watch(coffer, random.nextInt(1, A_ROUND));
        // Paused: the rest of the round is made while nobody watches, or the server is gone.
        creator.join();
        if (round % 2 == 1) {
          coffer.kill9();
          coffer.restart();
        }
      }
      watch(coffer, made.size() - told.size());
      assertThat(told).containsExactlyElementsOf(made);
      assertThat(made).hasSize(ROUNDS * A_ROUND);
    }
  }

  private static void create(CofferProcess coffer, String prefix, List<String> made) {
    try (LockboxClient client = new LockboxClient(coffer.environment())) {
      for (int i = 0; i < A_ROUND; i++) {
        made.add(client.create(coffer.environment().folderId(), prefix + "-" + i, "k", "v"));
      }
    }
  }

  /** Goes on from the position until {@code count} more were told, then hangs up. */
  private void watch(CofferProcess coffer, int count) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                coffer
                    .environment()
                    .plaintextUrl()
                    .resolve(
                        "/lockbox/v1/secrets:watch?folderId=" + coffer.environment().folderId()))
            .header("Authorization", "Bearer " + coffer.environment().token());
    if (!position.isEmpty()) {
      request.header("Last-Event-ID", position);
    }
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<InputStream> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      assertThat(answer.statusCode()).isEqualTo(200);
      try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
        listen(lines, count);
      }
      http.shutdownNow();
    }
  }

  private void listen(BufferedReader lines, int count) throws IOException {
    int enough = told.size() + count;
    String event = "";
    String data = "";
    String id = position;
    while (told.size() < enough || position.isEmpty()) {
      String line = lines.readLine();
      if (line == null) {
        throw new Mismatch("the stream ended");
      }
      if (line.startsWith("id: ")) {
        id = line.substring("id: ".length());
      } else if (line.startsWith("event: ")) {
        event = line.substring("event: ".length());
      } else if (line.startsWith("data: ")) {
        data = line.substring("data: ".length());
      } else if (line.isEmpty()) {
        position = id;
        if (event.equals("created")) {
          told.add(Json.parse(data).path("secretId").asText());
        }
        assertThat(event).isIn("", "created", "ready");
        event = "";
      }
    }
  }
}
