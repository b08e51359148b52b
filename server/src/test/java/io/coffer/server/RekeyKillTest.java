package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.crypto.seal.Custodian;
import io.coffer.crypto.seal.FileSeal;
import io.coffer.crypto.seal.SealSpec;
import io.coffer.crypto.seal.StoreHeader;
import io.coffer.engine.rocksdb.Forked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that goes from seal to seal and adds terms is killed at random moments: of all keys it
 * made, exactly one opens the store each time, and what was acknowledged has happened.
 */
@Timeout(900)
final class RekeyKillTest {
  private static final int KILLS = Integer.getInteger("kills", 100);
  private static final Duration LIFE_MAX = Duration.ofMillis(300);
  private static final Path FIRST = Path.of("keys/0.key");

  @TempDir private Path home;

  @Test
  void theStoreOpensWithExactlyOneSealWheneverItIsKilled() throws Exception {
    Path first = home.resolve(FIRST);
    assertThat(operator(home, first).init().sealKind()).isEqualTo("file");
    Path libraries = Files.createDirectory(home.resolve("libraries"));
    Random random = new Random(5);
    Path current = first;
    int changed = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      String acknowledged = "";
      try (Forked child =
          Forked.start(
              // Each process would leave its copy of the native library behind.
              List.of("env", "ROCKSDB_SHAREDLIB_DIR=" + libraries),
              Changing.class,
              home.toString(),
              current.toString())) {
        awaitItsFirstChange(child);
        LockSupport.parkNanos(random.nextLong(LIFE_MAX.toNanos()));
        child.kill();
        for (String line = child.line(); !line.isEmpty(); line = child.line()) {
          if (line.matches("(key [0-9]+|term)\\.")) { // Not of the log, and not cut short.
            acknowledged = line.startsWith("key") ? line : acknowledged;
            changed++;
          }
        }
      }
      current = theOneThatOpens();
      if (!acknowledged.isEmpty()) {
        // The one that was acknowledged last, or the next one, which was killed before its word.
        int said = Integer.parseInt(acknowledged.substring(4, acknowledged.length() - 1));
        assertThat(number(current)).isBetween(said, said + 1);
      }
    }
    assertThat(changed).as("changes that were acknowledged").isGreaterThan(KILLS / 4);
    try (RunningCoffer coffer =
        RunningCoffer.start(home, Map.of(Setting.SEAL, "file:" + current))) {
      assertThat(coffer.token()).isNotEmpty();
    }
    AuditReader.Report report = AuditReader.walk(settings(home, current), _ -> {});
    assertThat(report.sound()).as(report.sentence()).isTrue();
  }

  private static void awaitItsFirstChange(Forked child) throws IOException {
    String line = child.line();
    while (!line.startsWith("key ")) {
      assertThat(line).isNotEmpty(); // It has ended.
      line = child.line();
    }
  }

  private Path theOneThatOpens() throws IOException {
    StoreHeader header = Store.header(home.resolve("data").resolve(Store.FOLDER)).orElseThrow();
    List<Path> fitting;
    try (Stream<Path> keys = Files.list(home.resolve("keys"))) {
      fitting =
          keys.filter(key -> key.toString().endsWith(".key"))
              .filter(key -> FileSeal.load(key).fingerprint().equals(header.sealFingerprint()))
              .toList();
    }
    assertThat(fitting).hasSize(1);
    assertThat(operator(home, fitting.getFirst()).status(true).opens()).isTrue();
    return fitting.getFirst();
  }

  private static int number(Path key) {
    return Integer.parseInt(key.getFileName().toString().replace(".key", ""));
  }

  private static Settings settings(Path home, Path key) {
    return RunningCoffer.settings(home, Map.of(Setting.SEAL, "file:" + key));
  }

  private static Operator operator(Path home, Path key) {
    return new Operator(settings(home, key), Custodian.NOBODY, Clock.systemUTC());
  }

  /** Never ends by itself. */
  static final class Changing {
    private Changing() {}

    public static void main(String[] args) {
      Path home = Path.of(args[0]);
      Path current = Path.of(args[1]);
      while (true) {
        Path next = current.resolveSibling(number(current) + 1 + ".key");
        operator(home, current).rekey(new SealSpec.File(next));
        current = next;
        System.out.println("key " + number(current) + ".");
        if (number(current) % 3 == 0) {
          operator(home, current).rotate();
          System.out.println("term.");
        }
      }
    }
  }
}
