package io.coffer.engine;

import static io.coffer.engine.EngineContract.await;
import static io.coffer.engine.EngineContract.inThreads;
import static io.coffer.engine.EngineContract.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.engine.FaultyBackend.Fault;
import io.coffer.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each commit in turn goes wrong in each way: what was acknowledged is there, once. */
final class GroupCommitFaultsTest {
  private static final int CALLS = 6;

  private final NoteTail tail = new NoteTail();

  @ParameterizedTest
  @EnumSource(names = {"NONE", "CONFLICT", "LOST", "ANSWER_LOST", "ANSWER_LATE", "THROWS"})
  void theEngineHelpsItself(Fault fault) {
    for (boolean exclusive : new boolean[] {true, false}) {
      for (int at = 0; at < CALLS; at++) {
        int faulty = at;
        NoteTail notes = new NoteTail();
        Backend backend =
            new FaultyBackend(
                new MemoryBackend(exclusive), commit -> commit == faulty ? fault : Fault.NONE);
        try (Engine engine = Engines.over(backend, notes, _ -> {})) {
          for (long i = 1; i <= CALLS; i++) {
            assertThat(await(engine.write(GroupCommitFaultsTest::count)).value()).isEqualTo(i);
          }
          assertSound(engine, notes, CALLS);
        }
      }
    }
  }

  @Test
  void unavailableMeansThatNothingWasWritten() {
    for (int at = 0; at < CALLS; at++) {
      int faulty = at;
      NoteTail notes = new NoteTail();
      Backend backend =
          new FaultyBackend(
              new MemoryBackend(true), commit -> commit == faulty ? Fault.UNAVAILABLE : Fault.NONE);
      try (Engine engine = Engines.over(backend, notes, _ -> {})) {
        for (int i = 0; i < CALLS; i++) {
          CompletionStage<Committed<Long>> stage = engine.write(GroupCommitFaultsTest::count);
          if (i == faulty) {
            assertThatThrownBy(() -> await(stage)).isInstanceOf(EngineException.Unavailable.class);
          } else {
            await(stage);
          }
        }
        assertSound(engine, notes, CALLS - 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LOST_IN_SILENCE", "ANSWER_LOST_IN_SILENCE"})
  void nothingIsCommittedUntilTheOutcomeOfTheLastBatchIsKnown(Fault fault) throws Exception {
    for (int at = 0; at < CALLS; at++) {
      int faulty = at;
      NoteTail notes = new NoteTail();
      FaultyBackend backend =
          new FaultyBackend(
              new MemoryBackend(true), commit -> commit == faulty ? fault : Fault.NONE);
      List<Change> heard = new CopyOnWriteArrayList<>();
      try (Engine engine = Engines.over(backend, notes, _ -> {});
          AutoCloseable _ = engine.listen(heard::add)) {
        for (int i = 0; i < CALLS; i++) {
          CompletionStage<Committed<Long>> stage = engine.write(GroupCommitFaultsTest::count);
          if (i == faulty) {
            assertThatThrownBy(() -> await(stage))
                .isInstanceOf(EngineException.CommitUnknown.class);
            assertThatThrownBy(() -> await(engine.write(GroupCommitFaultsTest::count)))
                .isInstanceOf(EngineException.Unavailable.class);
            backend.speak();
          } else {
            await(stage);
          }
        }
        // Whatever is asked next finds out what became of it.
        await(engine.write(GroupCommitFaultsTest::count));
        int expected = CALLS + (fault == Fault.LOST_IN_SILENCE ? 0 : 1);
        assertSound(engine, notes, expected);
        assertThat(heard).hasSize(expected);
      }
    }
  }

  @Test
  void aStoreThatDoesNotAnswerIsAskedLessAndLessOften() {
    List<Duration> pauses = new CopyOnWriteArrayList<>();
    Backend backend = new FaultyBackend(new MemoryBackend(true), _ -> Fault.LOST_IN_SILENCE);
    try (Engine engine = Engines.over(backend, tail, pauses::add)) {
      assertThatThrownBy(() -> await(engine.write(GroupCommitFaultsTest::count)))
          .isInstanceOf(EngineException.CommitUnknown.class);
    }
    assertThat(pauses).hasSize(Committer.ASK_MAX - 1).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void conflictsWithoutEndAreGivenUp() {
    AtomicInteger runs = new AtomicInteger();
    Backend backend = new FaultyBackend(new MemoryBackend(true), _ -> Fault.CONFLICT);
    try (Engine engine = Engines.over(backend, tail, _ -> {})) {
      assertThatThrownBy(() ->
              await(
                  engine.write(tx -> {
                    runs.incrementAndGet();
                    return count(tx);
                  })))
          .isInstanceOf(EngineException.Unavailable.class)
          .hasMessageContaining("conflicts");
      assertThat(runs).hasValue(Committer.RUNS_MAX);
    }
  }

  @Test
  void aStoreThatLosesEveryWriteIsGivenUp() {
    AtomicInteger commits = new AtomicInteger();
    Backend backend =
        new FaultyBackend(
            new MemoryBackend(true),
            _ -> {
              commits.incrementAndGet();
              return Fault.LOST;
            });
    try (Engine engine = Engines.over(backend, tail, _ -> {})) {
      assertThatThrownBy(() -> await(engine.write(GroupCommitFaultsTest::count)))
          .isInstanceOf(EngineException.Unavailable.class);
      assertThat(commits).hasValue(Committer.LOST_MAX + 1);
      assertThat(tail.durable()).isEmpty();
    }
  }

  @Test
  void aTailThatThrowsFailsItsCallsAndNoOthers() {
    BatchTail broken =
        new BatchTail() {
          @Override
          public List<Put> close(List<Bytes> notes) {
            throw new AssertionError("cannot write this down");
          }

          @Override
          public void settle(boolean committed) {
            throw new AssertionError("nothing to settle");
          }
        };
    try (Engine engine = Engines.over(new MemoryBackend(true), broken)) {
      assertThatThrownBy(() -> await(engine.write(GroupCommitFaultsTest::count)))
          .hasMessage("cannot write this down");
      assertThat(await(engine.write(EngineContract::increment)).value()).isEqualTo(1);
    }
  }

  @Test
  void theQueueIsBounded() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Backend backend =
        new FaultyBackend(
            new MemoryBackend(true),
            _ -> {
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              return Fault.NONE;
            });
    try (Engine engine = Engines.over(backend, tail, _ -> {})) {
      List<CompletionStage<Committed<String>>> stages = new ArrayList<>();
      // One batch is held in the store, the rest of what fits waits; of these some are too many.
      int tooMany = CallQueue.CALLS_MAX + Forming.CALLS_MAX + 1;
      for (int i = 0; i < tooMany; i++) {
        stages.add(
            engine.write(tx -> {
              tx.put(key("b"), key("v"));
              return "";
            }));
      }
      // Not always the last: the first batch may leave the queue only when it is full already.
      List<CompletionStage<Committed<String>>> refused =
          stages.stream()
              .filter(stage -> stage.toCompletableFuture().isCompletedExceptionally())
              .toList();
      assertThat(refused).isNotEmpty();
      assertThatThrownBy(() -> await(refused.getFirst()))
          .isInstanceOf(EngineException.Unavailable.class);
      go.countDown();
      stages.removeAll(refused);
      for (CompletionStage<Committed<String>> stage : stages) {
        assertThat(await(stage).revision()).isPositive();
      }
    }
  }

  @Seeds(50)
  void underLoadNothingAcknowledgedIsLostAndNothingHappensTwice(long seed) throws Exception {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<Fault> faults =
        List.of(
            Fault.UNAVAILABLE,
            Fault.CONFLICT,
            Fault.LOST,
            Fault.ANSWER_LOST,
            Fault.ANSWER_LATE,
            Fault.THROWS);
    Backend backend =
        new FaultyBackend(
            new MemoryBackend(seed % 2 == 0),
            _ -> random.nextInt(3) == 0 ? faults.get(random.nextInt(faults.size())) : Fault.NONE);
    AtomicInteger acknowledged = new AtomicInteger();
    try (Engine engine = Engines.over(backend, tail, _ -> {})) {
      inThreads(
          4,
          _ -> {
            for (int i = 0; i < 10; i++) {
              try {
                await(engine.write(GroupCommitFaultsTest::count));
                acknowledged.incrementAndGet();
              } catch (EngineException.Unavailable e) {
                assertThat(e).hasMessageNotContaining("closed");
              }
            }
          });
      assertSound(engine, tail, acknowledged.get());
    }
  }

  /** Increments the counter and notes what it made of it. */
  private static long count(WriteTx tx) {
    long count = EngineContract.increment(tx);
    tx.note(key(Long.toString(count)));
    return count;
  }

  private static void assertSound(Engine engine, NoteTail tail, int expected) {
    long count = engine.read(tx -> tx.get(key("b")).orElseThrow().value().longAt(0));
    assertThat(count).isEqualTo(expected);
    List<String> numbers = new ArrayList<>();
    for (int i = 1; i <= expected; i++) {
      numbers.add(Integer.toString(i));
    }
    assertThat(tail.durable()).isEqualTo(numbers);
    assertThat(NoteTail.stored(engine)).isEqualTo(numbers);
    engine.verify();
  }
}
