package io.coffer.api.docker.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.Answer;
import io.coffer.server.Raw;
import io.coffer.server.RunningCoffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that update with the same version at the same time. */
@Timeout(120)
final class ConcurrentUpdatesTest {
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final int CLIENTS = 8;
  private static final int ROUNDS = 40;

  @Test
  void exactlyOneOfThemIsDone(@TempDir Path home) throws Exception {
    try (RunningCoffer coffer = RunningCoffer.start(home);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      String made =
          Raw.ask(
                  coffer.docker(),
                  "POST /secrets/create",
                  JSON,
                  "{\"Name\":\"shared\",\"Data\":\"QQ==\"}")
              .member("ID");
      for (int round = 0; round < ROUNDS; round++) {
        String index = index(inspect(coffer, made));
        CountDownLatch together = new CountDownLatch(CLIENTS);
        List<Future<Answer>> asked =
            IntStream.range(0, CLIENTS)
                .mapToObj(client ->
                    clients.submit(() -> {
                      together.countDown();
                      together.await();
                      return Raw.ask(
                          coffer.docker(),
                          "POST /secrets/" + made + "/update?version=" + index,
                          JSON,
                          "{\"Name\":\"shared\",\"Labels\":{\"client\":\"c" + client + "\"}}");
                    }))
                .toList();
        int winner = -1;
        for (int client = 0; client < CLIENTS; client++) {
          Answer answer = asked.get(client).get();
          if (answer.status() == 200) {
            assertThat(winner).as("two were done with version " + index).isEqualTo(-1);
            winner = client;
          } else {
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body())
                .isEqualTo(
                    "{\"message\":\"rpc error: code = Unknown desc = update out of sequence\"}\n");
          }
        }
        Answer after = inspect(coffer, made);
        assertThat(winner).isNotNegative();
        assertThat(after.member("client")).isEqualTo("c" + winner);
        assertThat(Long.parseUnsignedLong(index(after)))
            .isGreaterThan(Long.parseUnsignedLong(index));
      }
    }
  }

  private static Answer inspect(RunningCoffer coffer, String id) {
    return Raw.ask(coffer.docker(), "GET /secrets/" + id, "", "");
  }

  private static String index(Answer secret) {
    return secret.body().replaceAll(".*\"Index\":(\\d+).*\n", "$1");
  }
}
