package io.coffer.core.secret;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Ids;
import io.coffer.core.Verbs;
import io.coffer.core.kms.KeyedDataKeys;
import io.coffer.core.operation.Operation;
import io.coffer.crypto.DataKeys;
import io.coffer.crypto.TenantKeys;
import io.coffer.testing.Drafts;
import io.coffer.testing.SimWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class SecretQuotaTest {
  private static final Problem FULL = new Problem.Exhausted("lockbox.secrets.count", 3);

  @Test
  void oneMoreThanTheLimitIsRefusedAndOneLessMakesRoom() {
    try (SimWorld world = SimWorld.of(1)) {
      Secrets secrets = secrets(world, 3);
      List<Operation> made = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        made.add(create(world, secrets, ""));
      }
      assertThat(refusal(world, secrets)).isEqualTo(FULL);

      Secret _ = await(delete(world, made.getFirst().resourceId()));
      Operation _ = create(world, secrets, "");
      assertThat(refusal(world, secrets)).isEqualTo(FULL);
    }
  }

  @Test
  void aStartCountsWhatIsThere() {
    try (SimWorld world = SimWorld.of(1)) {
      Secrets before = secrets(world, 3);
      for (int i = 0; i < 3; i++) {
        Operation _ = create(world, before, "");
      }
      assertThat(refusal(world, secrets(world, 3))).isEqualTo(FULL);
    }
  }

  @Test
  void whatIsMadeBeforeTheCountIsCountedOnce() {
    try (SimWorld world = SimWorld.of(1)) {
      Secrets counting = secrets(world, 3);
      Secrets early = secrets(world, 10);
      for (int i = 0; i < 2; i++) {
        Operation _ = create(world, early, "s" + i);
      }
      Operation _ = create(world, counting, "s2");
      assertThat(refusal(world, counting)).isEqualTo(FULL);
    }
  }

  @Test
  void theFolderOfTheDockerDoorHasNoLimitAndTakesNoRoom() {
    try (SimWorld world = SimWorld.of(1)) {
      Secrets secrets = secrets(world, 3);
      for (int i = 0; i < 5; i++) {
        try (CreateSecret docker = Drafts.docker(world.dockerFolder().id(), "d" + i, new byte[1])) {
          Operation _ = await(secrets.create(world.dockerAdmin(), docker));
        }
      }
      for (int i = 0; i < 3; i++) {
        Operation _ = create(world, secrets, "");
      }
      assertThat(refusal(world, secrets)).isEqualTo(FULL);
    }
  }

  @Test
  void whoMayNotCreateIsNotToldThatItIsFull() {
    try (SimWorld world = SimWorld.of(1);
        CreateSecret first = Drafts.secret(world.folder().id(), "a");
        CreateSecret command = Drafts.secret(world.folder().id(), "b")) {
      Secrets secrets = secrets(world, 1);
      await(secrets.create(world.admin(), first));
      assertThat(problem(secrets.create(world.admin(), command)))
          .isInstanceOf(Problem.Exhausted.class);
      assertThat(problem(secrets.create(world.believed("ajenobody"), command)))
          .isInstanceOf(Problem.Denied.class);
    }
  }

  @Test
  void callsAtOnceGoOverTheLimitByNoMoreThanThemselves() throws InterruptedException {
    try (SimWorld world = SimWorld.committing(1)) {
      Secrets secrets = secrets(world, 50);
      AtomicInteger made = new AtomicInteger();
      AtomicInteger refused = new AtomicInteger();
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        threads.add(
            Thread.ofPlatform()
                .start(() -> {
                  for (int i = 0; i < 20; i++) {
                    try {
                      Operation _ = create(world, secrets, "");
                      made.incrementAndGet();
                    } catch (CofferException e) {
                      assertThat(e.problem()).isInstanceOf(Problem.Exhausted.class);
                      refused.incrementAndGet();
                    }
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(made.get()).isBetween(50, 58);
      assertThat(made.get() + refused.get()).isEqualTo(160);
    }
  }

  private static Secrets secrets(SimWorld world, long limit) {
    return new Secrets(
        new Verbs(world.engine(), world.witness()),
        world.witness(),
        new Ids(world.entropy()),
        world.keyring(),
        sealing(world),
        world.drivers(),
        new SecretQuota(world.engine(), new SecretLimits(limit, 1_000, 65_536)));
  }

  private static PayloadSealing sealing(SimWorld world) {
    return new PayloadSealing(
        new DataKeys(world.keyring(), world.entropy()),
        new Passwords(world.entropy()),
        new KeyedDataKeys(world.witness(), new TenantKeys(world.keyring(), world.entropy())));
  }

  private static Operation create(SimWorld world, Secrets secrets, String name) {
    try (CreateSecret command = Drafts.secret(world.folder().id(), name)) {
      return await(secrets.create(world.admin(), command));
    }
  }

  private static Problem refusal(SimWorld world, Secrets secrets) {
    try (CreateSecret command = Drafts.secret(world.folder().id(), "more")) {
      return problem(secrets.create(world.admin(), command));
    }
  }

  private static java.util.concurrent.CompletionStage<Secret> delete(
      SimWorld world, String secretId) {
    return new DockerSecrets(
            new Verbs(world.engine(), world.witness()),
            world.witness(),
            world.secrets(),
            sealing(world),
            world.folder().id())
        .delete(world.admin(), secretId);
  }
}
