package io.coffer.engine.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coffer.Bytes;
import io.coffer.engine.BatchTail;
import io.coffer.engine.Engine;
import io.coffer.engine.EngineException;
import io.coffer.engine.Engines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A full disk refuses writes, keeps answering reads, and takes writes again when there is space. It
 * needs a file system of its own, and so a system that lets us mount one.
 */
final class DiskFullTest {
  private static final List<String> OWN_DISK =
      List.of(
          "unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=64m none \"$0\" && exec \"$@\"");

  @Test
  void writesResumeWhenThereIsSpace(@TempDir Path directory) throws Exception {
    assumeTrue(canMount(directory), "cannot mount a file system here");
    List<String> wrapper = new ArrayList<>(OWN_DISK);
    wrapper.add(directory.toString());
    try (Forked forked = Forked.start(wrapper, Filler.class, directory.toString())) {
      assertThat(forked.line()).isEqualTo("written");
      assertThat(forked.line()).isEqualTo("refused");
      assertThat(forked.line()).isEqualTo("read");
      assertThat(forked.line()).isEqualTo("resumed");
      assertThat(forked.line()).isEqualTo("all there");
      assertThat(forked.line()).isEqualTo("all there after a reopening");
    }
  }

  private static boolean canMount(Path directory) throws InterruptedException {
    List<String> command = new ArrayList<>(OWN_DISK);
    command.add(directory.toString());
    command.add("true");
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Fills its disk and makes room again. */
  static final class Filler {
    private static final int VALUE_BYTES = 10_000;
    private static final int RETRIES = 300;

    private int written;

    private Filler() {}

    public static void main(String[] args) throws Exception {
      new Filler().run(Path.of(args[0]));
      System.exit(0);
    }

    private void run(Path disk) throws IOException {
      Path store = disk.resolve("store");
      try (Engine engine = open(store)) {
        write(engine);
        System.out.println("written");
        fill(disk.resolve("filler"));
        String refusal = writeUntilRefused(engine);
        System.out.println(refusal);
        System.out.println(isThere(engine, 0) ? "read" : "lost");
        Files.delete(disk.resolve("filler"));
        System.out.println(writeUntilAccepted(engine) ? "resumed" : "still refused");
        System.out.println(allThere(engine));
      }
      try (Engine engine = open(store)) {
        engine.verify();
        System.out.println(allThere(engine) + " after a reopening");
      }
    }

    private static Engine open(Path store) {
      return Engines.over(
          RocksBackend.open(
              store,
              e -> {
                System.out.println("fatal: " + e);
                Runtime.getRuntime().halt(70);
              }),
          BatchTail.NONE);
    }

    private static void fill(Path filler) throws IOException {
      try (OutputStream out = Files.newOutputStream(filler)) {
        while (true) {
          out.write(new byte[1 << 12]);
        }
      } catch (IOException e) {
        // Full.
      }
    }

    private void write(Engine engine) {
      int number = written;
      engine
          .write(tx -> {
            tx.put(key(number), Bytes.takeOver(new byte[VALUE_BYTES]));
            return "";
          })
          .toCompletableFuture()
          .join();
      written++;
    }

    private String writeUntilRefused(Engine engine) {
      try {
        while (true) {
          write(engine);
        }
      } catch (CompletionException e) {
        return e.getCause() instanceof EngineException.Unavailable ? "refused" : e.toString();
      }
    }

    private boolean writeUntilAccepted(Engine engine) {
      for (int i = 0; i < RETRIES; i++) {
        try {
          write(engine);
          return true;
        } catch (CompletionException e) {
          LockSupport.parkNanos(100_000_000);
        }
      }
      return false;
    }

    private String allThere(Engine engine) {
      for (int i = 0; i < written; i++) {
        if (!isThere(engine, i)) {
          return "lost " + i;
        }
      }
      return "all there";
    }

    private static boolean isThere(Engine engine, int number) {
      return engine.read(tx -> tx.get(key(number)).isPresent());
    }

    private static Bytes key(int number) {
      return Bytes.utf8("n" + number);
    }
  }
}
