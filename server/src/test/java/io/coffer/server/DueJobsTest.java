package io.coffer.server;

import static io.coffer.testing.SimWorld.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.Call;
import io.coffer.core.due.Due;
import io.coffer.core.due.DueWork;
import io.coffer.engine.EngineException;
import io.coffer.testing.SimWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class DueJobsTest {
  private final SimWorld world = SimWorld.of(21);
  private final List<Due> done = new ArrayList<>();
  private final Set<String> failing = new HashSet<>();
  private final DueJobs jobs = new DueJobs(world.engine(), world.clock(), List.of(new Worker()));

  @AfterEach
  void close() {
    world.close();
  }

  private final class Worker implements DueWork {
    @Override
    public Set<Due.Kind> kinds() {
      return EnumSet.allOf(Due.Kind.class);
    }

    @Override
    public CompletionStage<?> run(Call call, Due due) {
      if (failing.contains(due.resourceId())) {
        return CompletableFuture.failedStage(new EngineException.Unavailable("the disk is full"));
      }
      done.add(due);
      return world
          .engine()
          .write(tx -> {
            due.remove(tx);
            return due;
          });
    }
  }

  private Due due(Duration in, String resourceId) {
    Due due = new Due(world.now().plus(in), Due.Kind.ROTATE_KEY, resourceId, "");
    await(
        world
            .engine()
            .write(tx -> {
              due.put(tx);
              return due;
            }));
    return due;
  }

  @Test
  void whatIsDueIsDoneOnceTheOldestFirst() {
    Due second = due(Duration.ofHours(2), "b");
    Due first = due(Duration.ofHours(1), "c");
    due(Duration.ofHours(3), "a");

    jobs.look();
    assertThat(done).isEmpty();
    world.advance(Duration.ofHours(2));
    jobs.look();
    jobs.look();

    assertThat(done).containsExactly(first, second);
  }

  @Test
  void whatFailsStaysDueAndHoldsNothingUp() {
    Due first = due(Duration.ZERO, "a");
    Due second = due(Duration.ZERO, "b");
    failing.add("a");
    jobs.look();
    assertThat(done).containsExactly(second);

    failing.clear();
    jobs.look();
    assertThat(done).containsExactly(second, first);
  }

  @Test
  void aClockThatJumpsMakesItLateAndLosesNothing() {
    Due due = due(Duration.ofHours(1), "a");
    world.advance(Duration.ofDays(-10));
    jobs.look();
    assertThat(done).isEmpty();

    world.advance(Duration.ofDays(4000));
    jobs.look();
    assertThat(done).containsExactly(due);
  }

  @Test
  void whatWasTakenBackIsNotDone() {
    Due due = due(Duration.ofHours(1), "a");
    await(
        world
            .engine()
            .write(tx -> {
              due.remove(tx);
              return due;
            }));
    world.advance(Duration.ofHours(2));
    jobs.look();
    assertThat(done).isEmpty();
  }

  @Test
  void everyKindNeedsSomebody() {
    assertThatThrownBy(() -> new DueJobs(world.engine(), world.clock(), List.of()))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aDestructionOutlivesARestart(@TempDir Path home) {
    String path;
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      String keyId =
          coffer
              .rest()
              .post(
                  "/kms/v1/keys",
                  coffer.token(),
                  "{\"folderId\":\"" + coffer.folderId() + "\",\"defaultAlgorithm\":\"AES_256\"}")
              .body()
              .replaceAll("(?s).*\"keyId\":\"(\\w+)\".*", "$1");
      path = "/kms/v1/keys/" + keyId;
      String versions = coffer.rest().get(path + "/versions", coffer.token()).body();
      String first = versions.replaceAll("(?s).*?\"id\":\"(\\w+)\".*", "$1");
      assertThat(coffer.rest().post(path + ":rotate", coffer.token(), "").status()).isEqualTo(200);
      assertThat(
              coffer
                  .rest()
                  .post(
                      path + ":scheduleVersionDestruction",
                      coffer.token(),
                      "{\"versionId\":\"" + first + "\",\"pendingPeriod\":\"2s\"}")
                  .body())
          .contains("SCHEDULED_FOR_DESTRUCTION");
    }
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      Rest rest = coffer.rest();
      Instant limit = Instant.now().plusSeconds(60);
      String versions;
      do {
        versions = rest.get(path + "/versions", coffer.token()).body();
      } while (!versions.contains("DESTROYED") && Instant.now().isBefore(limit));
      assertThat(versions).contains("DESTROYED").doesNotContain("SCHEDULED_FOR_DESTRUCTION");
    }
  }
}
