package io.coffer.conformance.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.conformance.CofferProcess;
import io.coffer.conformance.lockbox.LockboxClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lists are whole while a thousand clients create and page. */
@Timeout(180)
class CreatorsAndPagersTest {
  private static final int THERE = 300;
  private static final int CLIENTS = 1_000;
  private static final int PAGERS = 200;
  private static final int PAGE = 50;

  /** As many connections as are open at once, lest this test measure what a machine may open. */
  private static final int CONNECTIONS = 100;

  @Test
  void whatIsThereThroughoutIsListedOnceAndNothingIsMadeTwice() throws InterruptedException {
    try (CofferProcess coffer = CofferProcess.start();
        LockboxClient client = new LockboxClient(coffer.environment())) {
      String folder = coffer.environment().folderId();
      Set<String> there = new HashSet<>();
      for (int i = 0; i < THERE; i++) {
        there.add(client.create(folder, "there-" + i, "k", "v"));
      }
      Semaphore connections = new Semaphore(CONNECTIONS);
      List<List<String>> seen =
          AtOnce.call(
              CLIENTS,
              i -> {
                connections.acquireUninterruptibly();
                try {
                  return i % (CLIENTS / PAGERS) == 0
                      ? ids(client, folder)
                      : List.of(client.create(folder, "client-" + i, "k", "v"));
                } finally {
                  connections.release();
                }
              });
      Set<String> made = new HashSet<>(there);
      IntStream.range(0, CLIENTS)
          .filter(i -> i % (CLIENTS / PAGERS) != 0)
          .forEach(i -> made.addAll(seen.get(i)));
      assertThat(made).hasSize(THERE + CLIENTS - PAGERS);
      for (int i = 0; i < CLIENTS; i += CLIENTS / PAGERS) {
        assertThat(seen.get(i)).doesNotHaveDuplicates().containsAll(there);
        assertThat(made).containsAll(seen.get(i));
      }
      assertThat(ids(client, folder))
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(made);
    }
  }

  private static List<String> ids(LockboxClient client, String folder) {
    List<String> ids = new ArrayList<>();
    client.secrets(folder, PAGE).forEach(secret -> ids.add(secret.path("id").asText()));
    return ids;
  }
}
