package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class JobsTest {
  private static final String SECRETS = "/lockbox/v1/secrets";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path home;

  private static String create(RunningCoffer coffer) {
    return coffer
        .rest()
        .post(
            SECRETS,
            coffer.token(),
            "{\"folderId\":\""
                + coffer.folderId()
                + "\",\"versionPayloadEntries\":[{\"key\":\"k\",\"textValue\":\"v\"}]}")
        .member("secretId");
  }

  private static void schedule(RunningCoffer coffer, String secretId, String period) {
    String versionId =
        coffer
            .rest()
            .get(SECRETS + "/" + secretId + "/payload", coffer.token())
            .member("versionId");
    Answer answer =
        coffer
            .rest()
            .post(
                SECRETS + "/" + secretId + ":scheduleVersionDestruction",
                coffer.token(),
                "{\"versionId\":\"" + versionId + "\",\"pendingPeriod\":\"" + period + "\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private static String versions(RunningCoffer coffer, String secretId) {
    return coffer.rest().get(SECRETS + "/" + secretId + "/versions", coffer.token()).body();
  }

  private static void awaitDestroyed(RunningCoffer coffer, String secretId) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!versions(coffer, secretId).contains("\"DESTROYED\"")) {
      assertThat(Instant.now()).isBefore(deadline);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    assertThat(versions(coffer, secretId)).doesNotContain("destroyAt");
    assertThat(coffer.rest().get(SECRETS + "/" + secretId + "/payload", coffer.token()).body())
        .contains("version is DESTROYED");
  }

  @Test
  void aRunningServerDestroysWhatIsDueAndNothingElse() {
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      String due = create(coffer);
      String later = create(coffer);
      schedule(coffer, later, "604800s");
      schedule(coffer, due, "0s");
      awaitDestroyed(coffer, due);
      assertThat(versions(coffer, later)).contains("SCHEDULED_FOR_DESTRUCTION");
    }
  }

  @Test
  void whatBecameDueWhileNoServerRanIsDestroyedByTheNext() {
    String due;
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      due = create(coffer);
      schedule(coffer, due, "1s");
    }
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      awaitDestroyed(coffer, due);
    }
  }
}
