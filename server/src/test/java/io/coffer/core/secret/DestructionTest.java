package io.coffer.core.secret;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.stored.AuditRecord;
import io.coffer.Problem;
import io.coffer.testing.Drafts;
import io.coffer.testing.SimWorld;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DestructionTest {
  private final SimWorld world = SimWorld.of(7);

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private record Made(String secretId, String versionId) {}

  private Made secret() {
    try (CreateSecret command = Drafts.secret(world.folder().id(), "n", Drafts.text("k", "v"))) {
      var operation = await(world.secrets().create(world.admin(), command));
      return new Made(operation.resourceId(), operation.versionId());
    }
  }

  private Made scheduled(Duration pending) {
    Made made = secret();
    await(
        world
            .versions()
            .scheduleDestruction(
                world.admin(),
                new ScheduleDestruction(made.secretId(), made.versionId(), pending)));
    return made;
  }

  /** Another process's, each time: nothing is remembered but what is in rows. */
  private int destroyDue() {
    return await(new Destruction(world.engine(), world.witness()).destroyDue(world.serverCall()));
  }

  private int shred() {
    return await(new Destruction(world.engine(), world.witness()).shred(world.serverCall()));
  }

  private Version version(Made made) {
    return await(world.secrets().get(world.admin(), made.secretId())).current().orElseThrow();
  }

  private long rows(char kind) {
    return world.rows().stream().filter(row -> row.key().at(0) == kind).count();
  }

  private List<String> events() {
    return world.records().stream().map(AuditRecord::getEventType).toList();
  }

  @Test
  void aVersionIsDestroyedAtItsTimeAndNotBefore() {
    Made made = scheduled(Duration.ofDays(7));
    Made later = scheduled(Duration.ofDays(8));
    world.advance(Duration.ofDays(7).minusMillis(1));
    assertThat(destroyDue()).isZero();
    assertThat(version(made).status()).isInstanceOf(VersionStatus.Scheduled.class);

    world.advance(Duration.ofMillis(1));
    assertThat(destroyDue()).isEqualTo(1);
    assertThat(destroyDue()).isZero();

    assertThat(version(made).status()).isEqualTo(new VersionStatus.Destroyed());
    assertThat(version(later).status()).isInstanceOf(VersionStatus.Scheduled.class);
    assertThat(problem(world.payloads().get(world.admin(), made.secretId(), "")))
        .isEqualTo(new Problem.Unmet("version is DESTROYED", made.versionId()));
    assertThat(rows('k')).isEqualTo(1);
    assertThat(rows('p')).isEqualTo(1);
    assertThat(rows('d')).isEqualTo(1);
    assertThat(world.records().getLast().toString())
        .contains("server.DestroyVersion", made.secretId(), made.versionId(), "DESTROYED");
  }

  @Test
  void manyThatAreDueAreDestroyedInBatches() {
    for (int i = 0; i < Destruction.BATCH_MAX + 1; i++) {
      scheduled(Duration.ZERO);
    }
    assertThat(destroyDue()).isEqualTo(Destruction.BATCH_MAX);
    assertThat(destroyDue()).isEqualTo(1);
    assertThat(rows('k')).isZero();
  }

  @Test
  void aClockThatWentBackWaitsAndOneThatLeaptCatchesUp() {
    Made made = scheduled(Duration.ofDays(7));
    world.advance(Duration.ofDays(-30));
    assertThat(destroyDue()).isZero();
    world.advance(Duration.ofDays(365));
    assertThat(destroyDue()).isEqualTo(1);
    assertThat(version(made).status()).isEqualTo(new VersionStatus.Destroyed());
  }

  @Test
  void whatWasCancelledOrDeletedIsNotDestroyed() {
    Made kept = scheduled(Duration.ofDays(7));
    await(world.versions().cancelDestruction(world.admin(), kept.secretId(), kept.versionId()));
    Made deleted = scheduled(Duration.ofDays(7));
    await(world.secrets().delete(world.admin(), deleted.secretId()));
    world.advance(Duration.ofDays(8));
    assertThat(destroyDue()).isZero();
    await(world.payloads().get(world.admin(), kept.secretId(), "")).close();
  }

  @Test
  void whatIsDestroyedOrDeletedByAnyDoorIsShreddedOnceAndOnRecord() {
    Made destroyed = scheduled(Duration.ZERO);
    destroyDue();
    Made deleted = secret();
    await(world.secrets().delete(world.admin(), deleted.secretId()));
    String docker;
    try (CreateSecret command = Drafts.docker(world.dockerFolder().id(), "n", new byte[1])) {
      docker = await(world.secrets().create(world.dockerAdmin(), command)).resourceId();
    }
    await(world.dockerSecrets().delete(world.dockerAdmin(), docker));
    secret();

    assertThat(shred()).isEqualTo(3);
    assertThat(world.records().getLast().toString())
        .contains(
            "server.Shredded",
            destroyed.secretId() + "/" + destroyed.versionId(),
            deleted.secretId() + "/" + deleted.versionId(),
            docker + "/");
    assertThat(shred()).isZero();
    assertThat(events()).filteredOn(type -> type.endsWith("Shredded")).hasSize(1);
  }

  @Test
  void aDestroyedVersionOfADeletedSecretIsShreddedOnce() {
    Made made = scheduled(Duration.ZERO);
    destroyDue();
    assertThat(shred()).isEqualTo(1);
    await(world.secrets().delete(world.admin(), made.secretId()));
    assertThat(shred()).isZero();
  }
}
