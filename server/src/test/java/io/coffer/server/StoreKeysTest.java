package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.crypto.seal.Answers;
import io.coffer.crypto.seal.Custodian;
import io.coffer.crypto.seal.SealException;
import io.coffer.crypto.seal.SealSpec;
import io.coffer.crypto.seal.UnansweredException;
import io.coffer.engine.rocksdb.RocksBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The seal and the keyring of a store change while it is in use. */
@Timeout(120)
final class StoreKeysTest {
  private static final int WRITERS = 4;
  private static final int CHANGES = 20;

  @TempDir private Path home;

  private final SystemEntropy entropy = new SystemEntropy();

  private Settings settings(String seal) {
    return RunningCoffer.settings(home, Map.of(Setting.SEAL, seal));
  }

  private Store open(String seal, Custodian custodian) {
    return Store.open(settings(seal), custodian, entropy, Clock.systemUTC(), Rollback.REFUSE);
  }

  private StoreKeys keys(Store store) {
    return new StoreKeys(store, entropy, Clock.systemUTC());
  }

  private String file(int number) {
    return "file:" + home.resolve("keys/" + number + ".key");
  }

  private static Bytes row(int writer, int number) {
    return Bytes.utf8("t/%d/%d".formatted(writer, number));
  }

  private static void put(Store store, Bytes key) {
    store
        .engine()
        .<Boolean>write(tx -> {
          tx.put(key, key);
          return true;
        })
        .toCompletableFuture()
        .join();
  }

  private static void assertReads(Store store, Bytes key) {
    Bytes value = store.engine().read(tx -> tx.get(key).orElseThrow().value());
    assertThat(value).isEqualTo(key);
  }

  private static int termOf(Store store, Settings settings, Bytes key) {
    store.close();
    Bytes value = RocksBackend.peek(settings.dataDir().resolve(Store.FOLDER), key).orElseThrow();
    return value.at(4); // The low byte of the number of the term, drawn in Keyring.
  }

  @Test
  void whatIsWrittenAfterARotationIsSealedByTheNewTerm() {
    try (Store store = open(file(0), Custodian.NOBODY)) {
      put(store, row(0, 0));
      assertThat(keys(store).rotate()).isEqualTo(2);
      assertThat(keys(store).rotate()).isEqualTo(3);
      put(store, row(0, 1));
      assertReads(store, row(0, 0));
      assertReads(store, row(0, 1));
      assertThat(termOf(store, settings(file(0)), row(0, 1))).isEqualTo(3);
      assertThat(termOf(store, settings(file(0)), row(0, 0))).isEqualTo(1);
    }
    try (Store store = open(file(0), Custodian.NOBODY)) {
      assertReads(store, row(0, 0));
      assertReads(store, row(0, 1));
      assertThat(keys(store).rotate()).isEqualTo(4);
    }
  }

  @Test
  void callsGoOnWhileTheSealChangesAndTermsAreAdded() throws Exception {
    AtomicBoolean ends = new AtomicBoolean();
    int[] written = new int[WRITERS];
    try (Store store = open(file(0), Custodian.NOBODY);
        ExecutorService pool = Executors.newFixedThreadPool(WRITERS)) {
      AtomicInteger begun = new AtomicInteger();
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int mine = writer;
        writers.add(
            pool.submit(() -> {
              begun.incrementAndGet();
              while (!ends.get()) {
                put(store, row(mine, written[mine]));
                assertReads(store, row(mine, written[mine] / 2));
                written[mine]++;
              }
            }));
      }
      try {
        while (begun.get() < WRITERS) {
          Thread.onSpinWait();
        }
        for (int change = 1; change <= CHANGES; change++) {
          keys(store).rekey(SealSpec.parse(file(change)), Custodian.NOBODY);
          assertThat(keys(store).rotate()).isEqualTo(change + 1);
        }
      } finally {
        ends.set(true);
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    assertThatThrownBy(() -> open(file(CHANGES - 1), Custodian.NOBODY))
        .isInstanceOf(SealException.class);
    try (Store store = open(file(CHANGES), Custodian.NOBODY)) {
      for (int writer = 0; writer < WRITERS; writer++) {
        assertThat(written[writer]).isPositive();
        for (int number = 0; number < written[writer]; number++) {
          assertReads(store, row(writer, number));
        }
      }
    }
    List<String> lines = new ArrayList<>();
    AuditReader.Report report = AuditReader.walk(settings(file(CHANGES)), lines::add);
    assertThat(report.sound()).as(report.sentence()).isTrue();
    assertThat(lines).filteredOn(line -> line.contains("RotateKeyring")).hasSize(CHANGES);
    assertThat(lines).filteredOn(line -> line.contains("Rekey")).hasSize(CHANGES);
  }

  @Test
  void aSealThatNeedsPeopleTakesTheirAnswersAndTheNextStartAsksForThem() {
    Answers answers = Answers.of("correct horse battery staple");
    try (Store store = open(file(0), Custodian.NOBODY)) {
      put(store, row(0, 0));
      keys(store).rekey(SealSpec.parse("passphrase"), answers);
      assertThat(answers.isUsedUp()).isTrue();
      assertThat(keys(store).rotate()).isEqualTo(2);
      put(store, row(0, 1));
    }
    try (Store store = open("passphrase", Answers.of("correct horse battery staple"))) {
      assertReads(store, row(0, 0));
      assertReads(store, row(0, 1));
    }
  }

  @Test
  void whatTellsOfRollbacksGoesWhereTheNextStartLooksForIt() throws Exception {
    Path next = home.resolve("elsewhere/next.key");
    Path data;
    try (Store store = open(file(0), Custodian.NOBODY)) {
      data = settings(file(0)).dataDir();
      keys(store).rekey(SealSpec.parse("file:" + next), Custodian.NOBODY);
    }
    Path copy = home.resolve("copy");
    RollbackTest.copy(data, copy);
    try (Store store = open("file:" + next, Custodian.NOBODY)) {
      keys(store).rekey(SealSpec.parse(file(1)), Custodian.NOBODY);
      keys(store).rekey(SealSpec.parse("file:" + next), Custodian.NOBODY);
    }
    Files.move(data, home.resolve("lost"));
    RollbackTest.copy(copy, data);

    assertThatThrownBy(() -> open("file:" + next, Custodian.NOBODY))
        .hasMessageStartingWith("the store was put back to an earlier state");
  }

  @Test
  void aSealThatCannotBeMadeChangesNothing() {
    try (Store store = open(file(0), Custodian.NOBODY)) {
      assertThatThrownBy(() -> keys(store).rekey(SealSpec.parse("passphrase"), Custodian.NOBODY))
          .isInstanceOf(UnansweredException.class);
      assertThat(keys(store).rotate()).isEqualTo(2);
    }
    try (Store store = open(file(0), Custodian.NOBODY)) {
      assertThat(store.header().sealKind()).isEqualTo("file");
    }
  }
}
