package io.coffer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.testing.Seeds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine owes. A new engine is a one-line subclass of this; see MemoryEngineTest. */
abstract class EngineContract {
  static final Bytes FIRST = key("b");
  static final Bytes LAST = key("c");

  protected final NoteTail tail = new NoteTail();
  protected Engine engine = new MemoryEngine();

  protected abstract Engine open(BatchTail tail);

  @BeforeEach
  void openEngine() {
    engine = open(tail);
  }

  @AfterEach
  void everyTestLeavesASoundEngine() {
    engine.verify();
    engine.close();
  }

  @Test
  void whatWasWrittenIsRead() {
    Committed<String> written =
        await(
            engine.write(tx -> {
              tx.put(key("b1"), key("one"));
              tx.put(key("b2"), Bytes.EMPTY);
              return "done";
            }));

    assertThat(written.value()).isEqualTo("done");
    Optional<Row> found = engine.read(tx -> tx.get(key("b1")));
    assertThat(found).contains(new Row(key("b1"), key("one"), written.revision()));
    List<Row> all = engine.read(EngineContract::everything);
    assertThat(all)
        .containsExactly(
            new Row(key("b1"), key("one"), written.revision()),
            new Row(key("b2"), Bytes.EMPTY, written.revision()));
  }

  @Test
  void aCompactionLeavesWhatIsThere() {
    for (int round = 0; round < 2; round++) {
      await(
          engine.write(tx -> {
            tx.put(key("k-gone"), key("1"));
            tx.put(key("k-there"), key("2"));
            return true;
          }));
      await(
          engine.write(tx -> {
            tx.delete(key("k-gone"));
            return true;
          }));

      engine.compact(Family.DATA_KEYS);

      assertThat(engine.<Optional<Row>>read(tx -> tx.get(key("k-gone")))).isEmpty();
      assertThat(engine.<Optional<Row>>read(tx -> tx.get(key("k-there"))))
          .map(Row::value)
          .contains(key("2"));
    }
  }

  @Test
  void aBodyThatThrowsLeavesNothingBehind() {
    CompletionStage<Committed<String>> stage =
        engine.write(tx -> {
          tx.put(key("b"), key("1"));
          tx.note(key("never"));
          throw new IllegalStateException("changed my mind");
        });

    assertThatThrownBy(() -> await(stage))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("changed my mind");
    Optional<Row> found = engine.read(tx -> tx.get(key("b")));
    assertThat(found).isEmpty();
    assertThat(NoteTail.stored(engine)).isEmpty();
  }

  @Test
  void aBodyReadsWhatItWrote() {
    write("b1", "old");
    write("b2", "old");

    await(
        engine.write(tx -> {
          tx.put(key("b1"), key("new"));
          tx.put(key("b0"), key("new"));
          tx.delete(key("b2"));
          tx.put(key("b3"), key("new"));
          tx.delete(key("b3"));
          assertThat(tx.get(key("b1"))).contains(new Row(key("b1"), key("new"), Row.UNCOMMITTED));
          assertThat(tx.get(key("b2"))).isEmpty();
          assertThat(tx.scan(FIRST, LAST, 10))
              .containsExactly(
                  new Row(key("b0"), key("new"), Row.UNCOMMITTED),
                  new Row(key("b1"), key("new"), Row.UNCOMMITTED));
          assertThat(tx.scan(FIRST, LAST, 1)).hasSize(1);
          return tx.revision();
        }));

    List<Row> all = engine.read(EngineContract::everything);
    assertThat(all).extracting(Row::key).containsExactly(key("b0"), key("b1"));
  }

  @Test
  void aScanIsCutByItsBoundsAndItsLimit() {
    for (String name : List.of("b3", "b1", "b2", "b4")) {
      write(name, name);
    }

    List<Row> page = engine.read(tx -> tx.scan(key("b1"), key("b4"), 2));
    List<Row> rest = engine.read(tx -> tx.scan(key("b3"), key("b4"), 2));
    List<Row> none = engine.read(tx -> tx.scan(key("b4"), key("b1"), 2));

    assertThat(page).extracting(Row::key).containsExactly(key("b1"), key("b2"));
    assertThat(rest).extracting(Row::key).containsExactly(key("b3"));
    assertThat(none).isEmpty();
  }

  @Test
  void keysAreOrderedAsUnsignedBytes() {
    Bytes low = Bytes.copyOf((byte) 'b', (byte) 0x7f);
    Bytes high = Bytes.copyOf((byte) 'b', (byte) 0x80);
    await(
        engine.write(tx -> {
          tx.put(high, Bytes.EMPTY);
          tx.put(low, Bytes.EMPTY);
          return "";
        }));

    List<Row> all = engine.read(EngineContract::everything);
    assertThat(all).extracting(Row::key).containsExactly(low, high);
  }

  @Test
  void familiesAreReadApart() {
    write("a/1", "audit");
    write("k/1", "data key");
    write("b/1", "row");

    List<Row> audit = engine.read(tx -> tx.scan(key("a"), key("b"), 10));
    List<Row> keys = engine.read(tx -> tx.scan(key("k"), key("l"), 10));

    assertThat(audit).extracting(Row::key).containsExactly(key("a/1"));
    assertThat(keys).extracting(Row::key).containsExactly(key("k/1"));
    assertThatThrownBy(() -> engine.read(tx -> tx.scan(key("a"), key("c"), 10)))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> engine.read(tx -> tx.scan(key("b"), key("kk"), 10)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void oneStepPastALimitIsABug() {
    Bytes longest = key("b".repeat(Limits.KEY_BYTES_MAX));
    Bytes tooLong = longest.plus(key("b"));
    Bytes largest = Bytes.takeOver(new byte[Limits.VALUE_BYTES_MAX]);
    Bytes tooLarge = Bytes.takeOver(new byte[Limits.VALUE_BYTES_MAX + 1]);

    put(longest, largest);
    List<Row> all = engine.read(tx -> tx.scan(FIRST, LAST, Limits.SCAN_MAX));
    assertThat(all).hasSize(1);
    for (Function<WriteTx, Object> body :
        List.<Function<WriteTx, Object>>of(
            tx -> tx.scan(FIRST, LAST, 0),
            tx -> tx.scan(FIRST, LAST, Limits.SCAN_MAX + 1),
            tx -> tx.get(Bytes.EMPTY),
            tx -> tx.get(Bytes.copyOf((byte) 0)),
            tx -> put(tx, tooLong, key("")),
            tx -> put(tx, key("b"), tooLarge))) {
      assertThatThrownBy(() -> await(engine.write(body))).isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void aTransactionIsOverWhenItsBodyReturns() {
    AtomicReference<WriteTx> kept = new AtomicReference<>();
    AtomicReference<ReadTx> keptToRead = new AtomicReference<>();
    await(
        engine.write(tx -> {
          kept.set(tx);
          return "";
        }));
    engine.read(tx -> {
      keptToRead.set(tx);
      return "";
    });

    assertThatThrownBy(() -> kept.get().put(key("b"), key("late")))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> keptToRead.get().get(key("b"))).isInstanceOf(AssertionError.class);
  }

  @Test
  void revisionsGrowAndARowKeepsThatOfItsCall() {
    long before = engine.read(ReadTx::revision);
    long first = write("b1", "1");
    long second = write("b2", "2");
    long third =
        await(
                engine.write(tx -> {
                  tx.delete(key("nothing"));
                  return "";
                }))
            .revision();
    Committed<Long> idle = await(engine.write(ReadTx::revision));

    assertThat(List.of(before, first, second, third)).isSorted().doesNotHaveDuplicates();
    assertThat(idle).isEqualTo(new Committed<>(third, third));
    List<Row> all = engine.read(EngineContract::everything);
    assertThat(all).extracting(Row::revision).containsExactly(first, second);
    long newest = engine.read(ReadTx::revision);
    assertThat(newest).isEqualTo(third);
  }

  @Test
  void aNoteAloneIsDurableAndHasARevision() {
    long before = engine.read(ReadTx::revision);
    Committed<String> noted =
        await(
            engine.write(tx -> {
              tx.note(key("saw it"));
              return "seen";
            }));

    assertThat(noted.revision()).isGreaterThan(before);
    assertThat(NoteTail.stored(engine)).containsExactly("saw it");
    assertThat(tail.durable()).containsExactly("saw it");
  }

  @Test
  void notesReachTheTailInTheOrderOfCommits() throws Exception {
    ConcurrentLinkedQueue<Committed<String>> calls = new ConcurrentLinkedQueue<>();
    inThreads(
        8,
        thread -> {
          for (int i = 0; i < 25; i++) {
            String note = thread + "-" + i;
            calls.add(
                await(
                    engine.write(tx -> {
                      tx.put(key("b" + thread), key(note));
                      tx.note(key(note));
                      return note;
                    })));
          }
        });

    List<String> expected =
        calls.stream()
            .sorted((a, b) -> Long.compare(a.revision(), b.revision()))
            .map(Committed::value)
            .toList();
    assertThat(NoteTail.stored(engine)).isEqualTo(expected);
    assertThat(tail.durable()).isEqualTo(expected);
    assertThat(calls).extracting(Committed::revision).doesNotHaveDuplicates();
  }

  @Test
  void concurrentIncrementsLoseNothing() throws Exception {
    ConcurrentLinkedQueue<Long> revisions = new ConcurrentLinkedQueue<>();
    inThreads(
        16,
        _ -> {
          for (int i = 0; i < 50; i++) {
            revisions.add(await(engine.write(EngineContract::increment)).revision());
          }
        });

    long count = engine.read(tx -> tx.get(key("b")).orElseThrow().value().longAt(0));
    assertThat(count).isEqualTo(800);
    assertThat(revisions).doesNotHaveDuplicates();
  }

  @Test
  void twoCallsCannotEachReadWhatTheOtherWrites() throws Exception {
    // Write skew: a lamp may be lit while the other is dark, so two are never lit.
    inThreads(
        8,
        thread -> {
          Bytes mine = key("b" + thread % 2);
          Bytes other = key("b" + (thread + 1) % 2);
          for (int i = 0; i < 50; i++) {
            await(
                engine.write(tx -> {
                  if (tx.get(other).isEmpty()) {
                    tx.put(mine, key("lit"));
                  }
                  return "";
                }));
            List<Row> lit = engine.read(EngineContract::everything);
            assertThat(lit).hasSizeLessThan(2);
            await(
                engine.write(tx -> {
                  tx.delete(mine);
                  return "";
                }));
          }
        });
  }

  @Test
  void aRowThatAppearsInAScannedRangeIsAConflict() throws Exception {
    // Each call adds one row if there are fewer than ten: eleven would mean a missed phantom.
    inThreads(
        8,
        thread -> {
          for (int i = 0; i < 20; i++) {
            Bytes mine = key("b-" + thread + "-" + i);
            await(
                engine.write(tx -> {
                  if (tx.scan(FIRST, LAST, 10).size() < 10) {
                    tx.put(mine, key("in"));
                  }
                  return "";
                }));
          }
        });

    List<Row> rows = engine.read(EngineContract::everything);
    assertThat(rows).hasSize(10);
  }

  @Test
  void readsAreConsistentWhileWritersRun() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Thread writers =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; i < 300; i++) {
                Bytes value = key("v" + i);
                await(
                    engine.write(tx -> {
                      tx.put(key("b1"), value);
                      tx.put(key("b2"), value);
                      return "";
                    }));
              }
              done.set(true);
            });
    long last = 0;
    while (!done.get()) {
      List<Row> rows = engine.read(EngineContract::everything);
      Optional<Row> first = engine.read(tx -> tx.get(key("b1")).or(() -> tx.get(key("b2"))));
      assertThat(rows.stream().map(Row::value).distinct().count()).isLessThan(2);
      assertThat(rows.stream().map(Row::revision).distinct().count()).isLessThan(2);
      long seen = first.map(Row::revision).orElse(0L);
      assertThat(seen).isGreaterThanOrEqualTo(last);
      last = seen;
    }
    writers.join();
  }

  @Test
  void aWriteIsReadAsSoonAsItsStageIsComplete() throws Exception {
    inThreads(
        4,
        thread -> {
          for (int i = 0; i < 50; i++) {
            long written = write("b" + thread, "v" + i);
            Optional<Row> found = engine.read(tx -> tx.get(key("b" + thread)));
            assertThat(found.map(Row::revision)).contains(written);
          }
        });
  }

  @Test
  void listenersHearOfEveryChangeInOrder() throws Exception {
    List<Change> heard = new CopyOnWriteArrayList<>();
    ConcurrentLinkedQueue<Change> made = new ConcurrentLinkedQueue<>();
    try (AutoCloseable _ = engine.listen(heard::add)) {
      inThreads(
          4,
          thread -> {
            for (int i = 0; i < 25; i++) {
              Bytes one = key("b" + thread);
              Bytes two = key("b" + i + "-" + thread);
              long revision =
                  await(
                          engine.write(tx -> {
                            tx.delete(two);
                            tx.put(one, key("v"));
                            tx.put(one, key("w"));
                            tx.note(key("n"));
                            return "";
                          }))
                      .revision();
              List<Bytes> keys = one.compareTo(two) < 0 ? List.of(one, two) : List.of(two, one);
              made.add(new Change(revision, keys, Set.of(two)));
            }
          });
      await(
          engine.write(tx -> {
            tx.note(key("a note changes no key"));
            return "";
          }));
      while (heard.size() < made.size()) {
        Thread.onSpinWait();
      }
    }
    write("b", "after it was closed");

    List<Change> expected =
        made.stream().sorted((a, b) -> Long.compare(a.revision(), b.revision())).toList();
    assertThat(heard).isEqualTo(expected);
  }

  @Test
  void aListenerThatThrowsHurtsNobodyElse() {
    List<Change> heard = new CopyOnWriteArrayList<>();
    AutoCloseable _ =
        engine.listen(_ -> {
          throw new IllegalStateException("listener out of order");
        });
    AutoCloseable _ = engine.listen(heard::add);

    long revision = write("b", "1");
    while (heard.isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(heard).containsExactly(new Change(revision, List.of(key("b"))));
  }

  @Test
  void closeFinishesWhatWasAcceptedAndRefusesTheRest() {
    List<CompletionStage<Committed<String>>> accepted = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Bytes key = key("b" + i);
      accepted.add(
          engine.write(tx -> {
            tx.put(key, key("v"));
            return "";
          }));
    }
    engine.close();

    assertThat(accepted).allSatisfy(stage -> assertThat(await(stage).revision()).isPositive());
    assertThatThrownBy(() -> write("b", "late")).isInstanceOf(EngineException.Unavailable.class);
    assertThatThrownBy(() -> engine.read(ReadTx::revision))
        .isInstanceOf(EngineException.Unavailable.class);
    engine = open(tail);
  }

  /** Differential: whatever the operations, an engine answers as a sorted map would. */
  @Seeds
  void answersLikeTheModel(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    try (Engine model = new MemoryEngine(new NoteTail())) {
      List<Long> actualRevisions = new ArrayList<>();
      List<Long> expectedRevisions = new ArrayList<>();
      for (int step = 0; step < 25; step++) {
        Function<WriteTx, List<Object>> body = someBody(random, step);
        Object actual = outcome(engine, body, actualRevisions);
        Object expected = outcome(model, body, expectedRevisions);
        assertThat(actual).as("step %d", step).isEqualTo(expected);
      }
      assertThat(NoteTail.stored(engine)).isEqualTo(NoteTail.stored(model));
    }
  }

  /** What a body answered, and all rows then; engines may count revisions as they like. */
  private static Object outcome(
      Engine engine, Function<WriteTx, List<Object>> body, List<Long> revisions) {
    List<Object> answers = new ArrayList<>();
    try {
      Committed<List<Object>> committed = await(engine.write(body));
      if (!revisions.contains(committed.revision())) {
        revisions.add(committed.revision());
      }
      answers.addAll(committed.value());
      answers.add(revisions.indexOf(committed.revision()));
    } catch (IllegalStateException e) {
      answers.add(String.valueOf(e.getMessage()));
    }
    answers.add(engine.<List<Row>>read(EngineContract::everything));
    return answers.stream().map(answer -> ranked(answer, revisions)).toList();
  }

  private static Object ranked(Object answer, List<Long> revisions) {
    return switch (answer) {
      case Optional<?> found -> found.map(row -> ranked(row, revisions));
      case List<?> rows -> rows.stream().map(row -> ranked(row, revisions)).toList();
      case Row(Bytes key, Bytes value, long revision) ->
          new Row(key, value, revisions.indexOf(revision));
      default -> answer;
    };
  }

  /** A body of some random operations, the same ones however often it runs. */
  private static Function<WriteTx, List<Object>> someBody(RandomGenerator random, int step) {
    List<Function<WriteTx, Object>> operations = new ArrayList<>();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      Bytes key = key("b" + random.nextInt(8));
      Bytes to = key("b" + random.nextInt(9));
      Bytes value = key("v" + step + "." + i);
      int limit = 1 + random.nextInt(5);
      operations.add(
          switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> tx -> put(tx, key, value);
            case 4, 5 ->
                tx -> {
                  tx.delete(key);
                  return "";
                };
            case 6 ->
                tx -> {
                  tx.note(value);
                  return "";
                };
            case 7 ->
                tx -> {
                  if (value.hashCode() % 3 == 0) {
                    throw new IllegalStateException("as told");
                  }
                  return "";
                };
            case 8, 9, 10 -> tx -> tx.get(key);
            default -> tx -> tx.scan(key, to, limit);
          });
    }
    return tx -> operations.stream().map(operation -> operation.apply(tx)).toList();
  }

  protected long write(String key, String value) {
    return put(key(key), key(value));
  }

  private long put(Bytes key, Bytes value) {
    return await(engine.write(tx -> put(tx, key, value))).revision();
  }

  private static Object put(WriteTx tx, Bytes key, Bytes value) {
    tx.put(key, value);
    return "";
  }

  /** Adds one to the counter in {@code b}. */
  static long increment(WriteTx tx) {
    long count = tx.get(key("b")).map(row -> row.value().longAt(0)).orElse(0L) + 1;
    tx.put(key("b"), Bytes.takeOver(ByteBuffer.allocate(8).putLong(count).array()));
    return count;
  }

  static List<Row> everything(ReadTx tx) {
    return tx.scan(FIRST, LAST, Limits.SCAN_MAX);
  }

  static Bytes key(String text) {
    return Bytes.utf8(text);
  }

  /** What the stage answers; what it failed with is thrown as it is. */
  static <T extends @Nullable Object> Committed<T> await(CompletionStage<Committed<T>> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }

  /** Runs {@code work} in that many threads at once; the first failure is thrown. */
  static void inThreads(int count, Consumer<Integer> work) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  start.await();
                  work.accept(number);
                } catch (Throwable e) {
                  failures.add(e);
                }
              }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("in a thread", failures.getFirst());
    }
  }
}
