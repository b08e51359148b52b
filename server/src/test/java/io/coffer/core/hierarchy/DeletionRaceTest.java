package io.coffer.core.hierarchy;

import static io.coffer.testing.SimWorld.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Keyspace;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.core.folder.Profile;
import io.coffer.core.iam.AccountDrafts;
import io.coffer.core.iam.Accounts;
import io.coffer.core.kms.KeyDrafts;
import io.coffer.engine.ReadTx;
import io.coffer.testing.Drafts;
import io.coffer.testing.SimWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Places are deleted while many make things in them: what is made is in a place that is there. */
@Timeout(120)
final class DeletionRaceTest {
  private static final int ROUNDS = 60;

  private final AtomicInteger deleted = new AtomicInteger();
  private final AtomicInteger kept = new AtomicInteger();

  @Test
  void nothingIsEverInAFolderThatIsGone() throws Exception {
    try (SimWorld world = SimWorld.committing(9);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<String> folders = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        String name = "f" + round;
        String folderId =
            await(
                    world
                        .hierarchyChanges()
                        .createFolder(world.admin(), world.folder().cloudId(), Profile.of(name)))
                .resourceId();
        folders.add(folderId);
        List<Supplier<CompletionStage<?>>> makers =
            new ArrayList<>(
                List.of(
                    () -> {
                      try (var draft = Drafts.secret(folderId, name, Drafts.text("k", "v"))) {
                        return world.secrets().create(world.admin(), draft);
                      }
                    },
                    () -> world.keys().create(world.admin(), KeyDrafts.key(folderId)),
                    () ->
                        world
                            .accounts()
                            .create(world.admin(), AccountDrafts.account(folderId, name))));
        race(
            threads,
            List.of(makers.get(round % makers.size())),
            () -> world.hierarchyChanges().deleteFolder(world.admin(), folderId, Optional.empty()));
      }
      for (String folderId : folders) {
        world
            .engine()
            .<Boolean>read(tx -> {
              if (Folders.find(tx, folderId).isEmpty()) {
                assertThat(held(tx, folderId)).as(folderId).isZero();
              }
              return true;
            });
      }
      world.records();
    }
  }

  private static long held(ReadTx tx, String folderId) {
    Keyspace.Range secrets = Keyspace.secrets(folderId);
    Keyspace.Range keys = Keyspace.symmetricKeys(folderId);
    return tx.stamps(secrets.from(), secrets.to(), 10).size()
        + tx.stamps(keys.from(), keys.to(), 10).size()
        + Accounts.countIn(tx, folderId);
  }

  @Test
  void noFolderIsEverInACloudThatIsGone() throws Exception {
    try (SimWorld world = SimWorld.committing(9);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < ROUNDS; round++) {
        String cloudId =
            await(world.hierarchyChanges().createCloud(world.admin(), Profile.of("c" + round)))
                .resourceId();
        race(
            threads,
            List.of(() ->
                world.hierarchyChanges().createFolder(world.admin(), cloudId, Profile.of("f"))),
            () -> world.hierarchyChanges().deleteCloud(world.admin(), cloudId, Optional.empty()));
        empty(world, cloudId);
      }
      List<Folder> folders = world.engine().read(Folders::all);
      assertThat(folders).allMatch(f -> f.cloudId().equals(world.folder().cloudId()));
      world.records();
    }
  }

  /** Room for the next one, whoever won: a folder in a cloud that is gone would not go. */
  private static void empty(SimWorld world, String cloudId) {
    List<Folder> folders = world.engine().read(Folders::all);
    for (Folder folder : folders) {
      if (folder.cloudId().equals(cloudId)) {
        await(world.hierarchyChanges().deleteFolder(world.admin(), folder.id(), Optional.empty()));
        await(world.hierarchyChanges().deleteCloud(world.admin(), cloudId, Optional.empty()));
      }
    }
  }

  private void race(
      ExecutorService threads,
      List<Supplier<CompletionStage<?>>> makers,
      Supplier<CompletionStage<?>> deletion)
      throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<?>> done = new ArrayList<>();
    for (Supplier<CompletionStage<?>> maker : makers) {
      done.add(
          threads.submit(() -> {
            start.await();
            return orElse(maker, List.of(Problem.NotFound.class, Problem.Denied.class));
          }));
    }
    done.add(
        threads.submit(() -> {
          start.await();
          boolean gone = orElse(deletion, List.of(Problem.NotEmpty.class));
          return (gone ? deleted : kept).incrementAndGet();
        }));
    start.countDown();
    for (Future<?> each : done) {
      each.get();
    }
  }

  /** Whether it was done; else it was refused for one of these. */
  private static boolean orElse(
      Supplier<CompletionStage<?>> asked, List<Class<? extends Problem>> reasons) {
    try {
      return await(asked.get()) != null;
    } catch (CofferException e) {
      assertThat(reasons).anyMatch(reason -> reason.isInstance(e.problem()));
      return false;
    }
  }
}
