package io.coffer.core;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.access.Role;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.Operations;
import io.coffer.core.secret.AddVersion;
import io.coffer.core.secret.CreateSecret;
import io.coffer.testing.Drafts;
import io.coffer.testing.Golden;
import io.coffer.testing.SimWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class OnceTest {
  private static final Duration KEPT = Duration.ofDays(1);

  @Test
  void theSameCallAgainIsToldOfWhatWasDoneAndDoesNothing() {
    try (SimWorld world = SimWorld.of(1)) {
      Operation made = create(world, once(world, world.admin(), "k", "r"), "a");
      int records = world.records().size();

      assertThat(doneAs(world, once(world, world.admin(), "k", "r"))).isEqualTo(made.id());
      assertThat(secrets(world)).isEqualTo(1);
      assertThat(world.records()).hasSize(records);
    }
  }

  @Test
  void anotherRequestUnderTheKeyIsRefusedInWords() {
    try (SimWorld world = SimWorld.of(1)) {
      Operation _ = create(world, once(world, world.admin(), "k", "r"), "a");
      try (CreateSecret other = Drafts.secret(world.folder().id(), "b")) {
        assertThat(problem(world.secrets().create(once(world, world.admin(), "k", "other"), other)))
            .isEqualTo(
                new Problem.Invalid(
                    "idempotency-key", "was used for another request, and is kept for it"));
      }
      assertThat(secrets(world)).isEqualTo(1);
    }
  }

  @Test
  void whatWasRefusedIsTriedAnew() {
    try (SimWorld world = SimWorld.of(1)) {
      Call call = once(world, world.believed("ajelate"), "k", "r");
      try (CreateSecret command = Drafts.secret(world.folder().id(), "a")) {
        assertThat(problem(world.secrets().create(call, command)))
            .isInstanceOf(Problem.Denied.class);
      }
      world.bind(world.folder().id(), Role.LOCKBOX_EDITOR, "ajelate");
      Operation made = create(world, call, "a");
      assertThat(doneAs(world, call)).isEqualTo(made.id());
    }
  }

  @Test
  void whenItsTimeIsOverTheKeyIsAsGoodAsNew() {
    try (SimWorld world = SimWorld.of(1)) {
      Operation first = create(world, once(world, world.admin(), "k", "r"), "a");
      world.advance(KEPT.minusMillis(1));
      assertThat(doneAs(world, once(world, world.admin(), "k", "r"))).isEqualTo(first.id());
      world.advance(Duration.ofMillis(1));
      Operation second = create(world, once(world, world.admin(), "k", "another"), "b");
      assertThat(second.id()).isNotEqualTo(first.id());
      assertThat(doneAs(world, once(world, world.admin(), "k", "another"))).isEqualTo(second.id());
    }
  }

  @Test
  void manyAtOnceHaveOneEffect() throws InterruptedException {
    try (SimWorld world = SimWorld.committing(1)) {
      for (int round = 0; round < 20; round++) {
        String key = "k" + round;
        Set<String> told = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(1);
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          callers.add(
              Thread.ofPlatform()
                  .start(() -> {
                    try (CreateSecret command = Drafts.secret(world.folder().id(), key)) {
                      all.await();
                      told.add(
                          await(
                                  world
                                      .secrets()
                                      .create(once(world, world.admin(), key, "r"), command))
                              .id());
                    } catch (Onces.Done done) {
                      told.add(done.operationId());
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  }));
        }
        all.countDown();
        for (Thread caller : callers) {
          caller.join();
        }
        assertThat(told).hasSize(1);
        assertThat(secrets(world)).isEqualTo(round + 1);
      }
    }
  }

  @Test
  void whatCannotBeToldAnyMoreIsDoneAnew() {
    try (SimWorld world = SimWorld.of(1)) {
      Call call = once(world, world.admin(), "k", "r");
      Operation first = create(world, call, "a");
      world.advance(Duration.ofSeconds(1));
      assertThat(Operations.sweep(world.engine(), world.now())).isEqualTo(1);

      assertThat(create(world, call, "a").id()).isNotEqualTo(first.id());
    }
  }

  @Test
  void whatWasDoneIsToldThoughItCouldNotBeDoneNow() {
    try (SimWorld world = SimWorld.of(1)) {
      String id = create(world, world.admin(), "a").resourceId();
      Call call = once(world, world.admin(), "k", "r");
      Operation added;
      try (AddVersion command = Drafts.version(id)) {
        added = await(world.versions().add(call, command));
      }
      await(world.secrets().delete(world.admin(), id));
      try (AddVersion command = Drafts.version(id)) {
        assertThatThrownBy(() -> await(world.versions().add(call, command)))
            .isInstanceOfSatisfying(
                Onces.Done.class, done -> assertThat(done.operationId()).isEqualTo(added.id()));
      }
    }
  }

  @Test
  void aSweepTakesWhatIsOverAndNothingElse() {
    try (SimWorld world = SimWorld.of(1)) {
      Operation old = create(world, once(world, world.admin(), "old", "r"), "a");
      world.advance(KEPT);
      Operation young = create(world, once(world, world.admin(), "young", "r"), "b");

      assertThat(Onces.sweep(world.engine(), world.now())).isEqualTo(1);
      assertThat(Onces.sweep(world.engine(), world.now())).isZero();
      assertThat(doneAs(world, once(world, world.admin(), "young", "r"))).isEqualTo(young.id());

      assertThat(Operations.sweep(world.engine(), world.now())).isEqualTo(1);
      assertThat(problem(world.operations().get(world.admin(), old.id())))
          .isInstanceOf(Problem.NotFound.class);
      assertThat(await(world.operations().get(world.admin(), young.id()))).isEqualTo(young);
      assertThat(Operations.sweep(world.engine(), world.now())).isZero();
    }
  }

  @Test
  void aSweepOfMoreThanOneScanTakesAll() {
    try (SimWorld world = SimWorld.of(1)) {
      for (int i = 0; i < 1_001; i++) {
        Operation _ = create(world, once(world, world.admin(), "k" + i, "r"), "");
      }
      Instant later = world.now().plus(KEPT);
      assertThat(Onces.sweep(world.engine(), later)).isEqualTo(1_001);
      assertThat(Operations.sweep(world.engine(), later)).isEqualTo(1_001);
    }
  }

  @Test
  void yesterdaysRowIsReadAndWrittenAsItWas() {
    OnceCodec.Done done =
        new OnceCodec.Done(Bytes.ofHex("0102"), Instant.parse("2030-01-01T00:00:00Z"), "e6q1");
    assertThat(OnceCodec.encode(done).hex()).isEqualTo(Golden.text("core/once.hex"));
    assertThat(OnceCodec.decode(Golden.bytes("core/once.hex"))).isEqualTo(done);
    assertThatThrownBy(() -> OnceCodec.decode(Bytes.ofHex("ffffff")))
        .hasMessage("what was done once does not decode");
  }

  private static Operation create(SimWorld world, Call call, String name) {
    try (CreateSecret command = Drafts.secret(world.folder().id(), name, Drafts.text("k", "v"))) {
      return await(world.secrets().create(call, command));
    }
  }

  private static String doneAs(SimWorld world, Call call) {
    try (CreateSecret command = Drafts.secret(world.folder().id(), "again")) {
      return catchThrowableOfType(
              Onces.Done.class, () -> await(world.secrets().create(call, command)))
          .operationId();
    }
  }

  private static int secrets(SimWorld world) {
    return await(world.secrets().list(world.admin(), world.folder().id(), 1000, ""))
        .elements()
        .size();
  }

  private static Call once(SimWorld world, Call call, String key, String request) {
    return call.once(
        new Once(
            world.keyring().index(Bytes.utf8(key)),
            world.keyring().index(Bytes.utf8(request)),
            world.now().plus(KEPT)));
  }
}
