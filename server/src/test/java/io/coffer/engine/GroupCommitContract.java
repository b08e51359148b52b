package io.coffer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What an engine owes whose bodies run against snapshots: to notice when that was too early. */
abstract class GroupCommitContract extends EngineContract {
  @Test
  void aCallThatReadNothingStaleIsNotRunAgain() {
    write("b1", "1");
    AtomicInteger runs = new AtomicInteger();

    await(interrupted(runs, tx -> tx.get(key("b1")), () -> write("b2", "2")));

    assertThat(runs).hasValue(1);
  }

  @Test
  void aCallWhoseKeyWasWrittenMeanwhileIsRunAgain() {
    AtomicInteger runs = new AtomicInteger();

    await(interrupted(runs, tx -> tx.get(key("b1")), () -> write("b1", "2")));

    assertThat(runs).hasValue(2);
  }

  @Test
  void aCallWhoseRangeGainedARowIsRunAgain() {
    AtomicInteger runs = new AtomicInteger();

    await(interrupted(runs, EngineContract::everything, () -> write("b1", "2")));

    assertThat(runs).hasValue(2);
  }

  @Test
  void aScanCutByItsLimitReadsNothingBehindTheLastRow() {
    write("b1", "1");
    write("b2", "2");
    AtomicInteger behind = new AtomicInteger();
    AtomicInteger before = new AtomicInteger();

    await(interrupted(behind, tx -> tx.scan(FIRST, LAST, 1), () -> write("b2", "3")));
    await(interrupted(before, tx -> tx.scan(FIRST, LAST, 1), () -> write("b0", "3")));

    assertThat(behind).hasValue(1);
    assertThat(before).hasValue(2);
  }

  @Test
  void rowsOfTheTailAreConflictsToo() {
    AtomicInteger runs = new AtomicInteger();

    await(
        interrupted(
            runs,
            tx -> tx.scan(NoteTail.FROM, NoteTail.TO, 10),
            () -> await(engine.write(tx -> note(tx, "meanwhile")))));

    assertThat(runs).hasValue(2);
  }

  @Test
  void aCallOlderThanTheMemoryOfWritesIsRunAgain() {
    AtomicInteger runs = new AtomicInteger();

    await(
        interrupted(
            runs,
            tx -> tx.get(key("b1")),
            () -> {
              for (int i = 0; i <= RecentWrites.KEYS_MAX / 1_000; i++) {
                int from = i * 1_000;
                await(engine.write(tx -> putMany(tx, from)));
              }
            }));

    assertThat(runs).hasValue(2);
  }

  @Test
  void aCallThatFindsNothingToDoTheSecondTimeHasTheRevisionItRead() {
    AtomicInteger runs = new AtomicInteger();
    Function<WriteTx, Long> onlyOnce =
        tx -> {
          if (runs.incrementAndGet() == 1) {
            assertThat(tx.get(key("b1"))).isEmpty();
            elsewhere(() -> write("b1", "theirs"));
            tx.put(key("b1"), key("mine"));
          } else {
            assertThat(tx.get(key("b1"))).isPresent();
          }
          return tx.revision();
        };

    Committed<Long> committed = await(engine.write(onlyOnce));

    assertThat(committed.revision()).isEqualTo(committed.value());
    assertThat(engine.<Object>read(tx -> tx.get(key("b1")).orElseThrow().value()))
        .isEqualTo(key("theirs"));
  }

  @Test
  void aCallThatThrowsTheSecondTimeFailsAndWritesNothing() {
    AtomicInteger runs = new AtomicInteger();

    CompletionStage<Committed<String>> stage =
        engine.write(tx -> {
          tx.put(key("b2"), key("mine"));
          if (tx.get(key("b1")).isPresent()) {
            throw new IllegalStateException("taken");
          }
          if (runs.incrementAndGet() == 1) {
            elsewhere(() -> write("b1", "theirs"));
          }
          return "";
        });

    assertThatThrownBy(() -> await(stage)).hasMessage("taken");
    List<Row> rows = engine.read(EngineContract::everything);
    assertThat(rows).extracting(Row::key).containsExactly(key("b1"));
  }

  /** A call that reads, is overtaken by {@code other} on its first run, and writes then. */
  private CompletionStage<Committed<String>> interrupted(
      AtomicInteger runs, Consumer<WriteTx> reads, Runnable other) {
    return engine.write(tx -> {
      reads.accept(tx);
      if (runs.incrementAndGet() == 1) {
        elsewhere(other);
      }
      tx.put(key("b9"), key("mine"));
      return "";
    });
  }

  /** Not on this thread, which is inside a body. */
  private static void elsewhere(Runnable work) {
    try {
      inThreads(1, _ -> work.run());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static String note(WriteTx tx, String text) {
    tx.note(key(text));
    return text;
  }

  private static String putMany(WriteTx tx, int from) {
    for (int i = from; i < from + 1_000; i++) {
      tx.put(key("m" + i), Bytes.EMPTY);
    }
    return "";
  }
}
