package io.coffer.conformance.promises;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coffer.conformance.cases.Mismatch;
import io.coffer.conformance.docker.DockerClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Threads that create secrets as fast as they are let, until the server is gone. */
final class Writers {
  private static final Duration WAIT_MAX = Duration.ofSeconds(3);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

  private final Set<String> attempted = ConcurrentHashMap.newKeySet();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final List<Thread> threads = new ArrayList<>();

  /** Starts {@code count} of them; names begin with {@code prefix}. */
  void start(int count, String prefix, Path socket) {
    for (int i = 0; i < count; i++) {
      String mine = prefix + "-" + i + "-";
      threads.add(Thread.ofPlatform().start(() -> write(mine, socket)));
    }
  }

  private void write(String prefix, Path socket) {
    try (DockerClient docker = new DockerClient(socket)) {
      for (int i = 0; ; i++) {
        String name = prefix + i;
        attempted.add(name);
        docker.create(name, name.getBytes(UTF_8));
        acknowledged.add(name);
      }
    } catch (Mismatch _) {
      // The server is gone, which is what this thread waits for.
    }
  }

  /** Waits until {@code count} more were acknowledged, but not for long. */
  void awaitAcknowledged(int count) throws InterruptedException {
    int enough = acknowledged.size() + count;
    long end = System.nanoTime() + WAIT_MAX.toNanos();
    while (acknowledged.size() < enough && System.nanoTime() < end) {
      Thread.sleep(LOOK_AGAIN);
    }
  }

  void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
    threads.clear();
  }

  /** The names that may be there. */
  Set<String> attempted() {
    return attempted;
  }

  /** The names that must be there. */
  Set<String> acknowledged() {
    return acknowledged;
  }
}
