package io.coffer.engine.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.Bytes;
import io.coffer.engine.BatchTail;
import io.coffer.engine.Engine;
import io.coffer.engine.Engines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there after {@code kill -9}, round after round in one directory. */
final class CrashTest {
  private static final int ROUNDS = 5;
  private static final Duration ROUND = Duration.ofMillis(400);

  @Test
  void whatWasAcknowledgedSurvivesAKill(@TempDir Path directory) throws Exception {
    List<Long> acknowledged = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      int before = acknowledged.size();
      try (Forked writer = Forked.start(List.of(), Writer.class, directory.toString())) {
        long end = 0;
        while (end == 0 || System.nanoTime() < end) {
          acknowledged.add(Long.valueOf(writer.line()));
          end = end == 0 ? System.nanoTime() + ROUND.toNanos() : end;
        }
        writer.kill();
        // What it had said by then counts as well; a line cut short does not.
        for (String line = writer.line(); !line.isEmpty(); line = writer.line()) {
          if (line.length() == Writer.DIGITS) {
            acknowledged.add(Long.valueOf(line));
          }
        }
      }
      assertThat(acknowledged).hasSizeGreaterThan(before);
      try (Engine engine = open(directory)) {
        engine.verify();
        assertThat(acknowledged)
            .as("round %d", round)
            .allMatch(number -> engine.read(tx -> tx.get(key(number)).isPresent()));
      }
    }
  }

  private static Bytes key(long number) {
    return Bytes.utf8("n" + number);
  }

  private static Engine open(Path directory) {
    return Engines.over(
        RocksBackend.open(directory, e -> Runtime.getRuntime().halt(70)), BatchTail.NONE);
  }

  /** Writes numbers from several threads, and says which are durable. */
  static final class Writer {
    static final int DIGITS = 15;

    private Writer() {}

    public static void main(String[] args) {
      Engine engine = open(Path.of(args[0]));
      AtomicLong next = new AtomicLong(System.currentTimeMillis() * 100);
      for (int i = 0; i < 8; i++) {
        Thread.ofPlatform().start(() -> write(engine, next));
      }
    }

    private static void write(Engine engine, AtomicLong next) {
      while (true) {
        long number = next.getAndIncrement();
        engine
            .write(tx -> {
              tx.put(key(number), Bytes.utf8("x".repeat(200)));
              return "";
            })
            .toCompletableFuture()
            .join();
        System.out.println(number);
      }
    }
  }
}
