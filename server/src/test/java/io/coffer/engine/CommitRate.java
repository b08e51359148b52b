package io.coffer.engine;

import io.coffer.Bytes;
import io.coffer.engine.rocksdb.RocksBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many durable commits a second of three rows of 200 bytes each, two reads before: run by hand,
 * with the directory to use. Not a test: it depends on the machine.
 */
final class CommitRate {
  private static final int SECONDS = 5;

  private CommitRate() {}

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory(Path.of(args[0]), "rate");
    try (Engine engine =
        Engines.over(
            RocksBackend.open(
                directory,
                e -> {
                  throw new AssertionError(e);
                }),
            new NoteTail())) {
      measure(engine, 32); // To warm up.
      for (int threads : new int[] {1, 8, 32}) {
        measure(engine, threads);
      }
    }
  }

  private static void measure(Engine engine, int threads) throws Exception {
    AtomicLong commits = new AtomicLong();
    long[][] micros = new long[threads][];
    long start = System.nanoTime();
    long end = start + SECONDS * 1_000_000_000L;
    EngineContract.inThreads(
        threads,
        thread -> {
          // Ids of its own in every round: a row that is there already would not be written.
          Random random = new Random(System.nanoTime() * 31 + thread);
          long[] taken = new long[1 << 18];
          int count = 0;
          while (System.nanoTime() < end) {
            long before = System.nanoTime();
            commit(engine, random);
            taken[count++] = (System.nanoTime() - before) / 1_000;
          }
          commits.addAndGet(count);
          micros[thread] = Arrays.copyOf(taken, count);
        });
    double seconds = (System.nanoTime() - start) / 1e9;
    long[] all = Arrays.stream(micros).flatMapToLong(Arrays::stream).sorted().toArray();
    System.out.printf(
        "%2d threads: %,8.0f commits/s, median %,d µs, p99 %,d µs%n",
        threads, commits.get() / seconds, all[all.length / 2], all[all.length * 99 / 100]);
  }

  private static void commit(Engine engine, Random random) {
    byte[] value = new byte[200];
    random.nextBytes(value);
    long id = random.nextLong();
    Bytes row = Bytes.utf8("s/" + id);
    Bytes version = Bytes.utf8("v/" + id);
    Bytes dataKey = Bytes.utf8("k/" + id);
    EngineContract.await(
        engine.write(tx -> {
          if (tx.get(row).isEmpty() && tx.get(version).isEmpty()) {
            tx.put(row, Bytes.copyOf(value));
            tx.put(version, Bytes.copyOf(value));
            tx.put(dataKey, Bytes.copyOf(value));
          }
          return "";
        }));
  }
}
