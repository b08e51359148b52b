package io.coffer.conformance.promises;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.CofferProcess;
import io.coffer.conformance.docker.DockerClient;
import io.coffer.conformance.lockbox.LockboxClient;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Many random calls through both doors at once. However they fall, names are given once, indexes
 * grow, the last label written is the one that is there, and nothing is lost.
 */
class BothDoorsTest {
  private static final int CLIENTS = 8;
  private static final int CALLS = 10_000;
  private static final long SEED = Long.getLong("seed", 20_261_122);
  private static final int PAGE = 100;

  private final Ledger ledger = new Ledger();

  @Test
  void tenThousandCallsLeaveWhatTheyWereToldTheyLeave() throws InterruptedException {
    try (CofferProcess coffer = CofferProcess.start()) {
      AtOnce.call(CLIENTS, number -> callsOf(number, coffer));
      System.err.println("BothDoorsTest: seed " + SEED + ", " + ledger);
      assertAllThere(coffer);

      coffer.restart();
      assertAllThere(coffer);
    }
  }

  private int callsOf(int number, CofferProcess coffer) {
    try (RandomClient client =
        new RandomClient(number, SEED + number, ledger, coffer.environment())) {
      for (int i = 0; i < CALLS / CLIENTS; i++) {
        client.act();
      }
    }
    return number;
  }

  private void assertAllThere(CofferProcess coffer) {
    Map<String, String> labels = new HashMap<>();
    try (DockerClient docker = new DockerClient(coffer.environment().dockerSocket())) {
      for (JsonNode secret : docker.send("GET", "/secrets").json()) {
        labels.put(secret.path("ID").asText(), secret.at("/Spec/Labels/w").asText());
      }
    }
    assertThat(labels).isEqualTo(ledger.labels()).hasSizeGreaterThan(CLIENTS);
    try (LockboxClient lockbox = new LockboxClient(coffer.environment())) {
      assertThat(ids(lockbox, coffer.environment().dockerFolderId())).isEqualTo(labels.keySet());
      for (String id : labels.keySet()) {
        JsonNode payload = lockbox.read("/lockbox/v1/secrets/" + id + "/payload");
        ledger.value(
            id, payload.path("versionId").asText(), payload.at("/entries/0/textValue").asText());
      }
    }
  }

  private static Set<String> ids(LockboxClient lockbox, String folder) {
    Set<String> ids = new HashSet<>();
    String token = "";
    do {
      JsonNode page =
          lockbox.read(
              "/lockbox/v1/secrets?folderId=%s&pageSize=%d&pageToken=%s"
                  .formatted(folder, PAGE, token));
      page.path("secrets").forEach(secret -> ids.add(secret.path("id").asText()));
      token = page.path("nextPageToken").asText();
    } while (!token.isEmpty());
    return ids;
  }
}
