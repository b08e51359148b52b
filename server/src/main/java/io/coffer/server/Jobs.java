package io.coffer.server;

import io.coffer.core.secret.Destruction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Destroys versions and does what else is due, and shreds what was destroyed or deleted, for as
 * long as the server runs. It looks at the clock every second rather than wait for a time, so a
 * clock that jumps is noticed with its next tick; and it remembers nothing, so a start goes on
 * where a stop left off.
 */
final class Jobs implements AutoCloseable {
  static final Duration TICK = Duration.ofSeconds(1);

  /** With a minute promised, half of it to gather in and the rest to do it. */
  static final Duration SHRED_EVERY = Duration.ofSeconds(30);

  private static final Duration STOP_MAX = Duration.ofSeconds(30);
  private static final Logger log = LoggerFactory.getLogger(Jobs.class);

  private final Destruction destruction;
  private final InstantSource clock;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().name("jobs").daemon().unstarted(work));

  private Jobs(Destruction destruction, InstantSource clock) {
    this.destruction = destruction;
    this.clock = clock;
  }

  static Jobs start(Destruction destruction, DueJobs due, InstantSource clock) {
    Jobs job = new Jobs(destruction, clock);
    job.every(TICK, job::destroy);
    job.every(TICK, due::look);
    job.every(SHRED_EVERY, job::shred);
    return job;
  }

  private void every(Duration period, Runnable work) {
    var _ =
        executor.scheduleWithFixedDelay(
            work, TICK.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void destroy() {
    attempt(() -> {
      int destroyed;
      do {
        destroyed =
            destruction.destroyDue(Administrator.serverCall(clock)).toCompletableFuture().join();
      } while (destroyed > 0);
    });
  }

  private void shred() {
    attempt(() -> {
      int shredded =
          destruction.shred(Administrator.serverCall(clock)).toCompletableFuture().join();
      if (shredded > 0) {
        log.atInfo().addKeyValue("versions", shredded).log("keys have left the disk");
      }
    });
  }

  /** What fails is tried again with the next tick: it must not end the job. */
  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | AssertionError e) {
      Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
      log.atError()
          .addKeyValue("cause", cause.getClass().getName())
          .log("destroying failed, trying again");
    }
  }

  /** Lets what is under way finish; the store is closed after this. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(STOP_MAX.toNanos(), TimeUnit.NANOSECONDS)) {
        log.atWarn().log("a job did not stop in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Whoever closes is in a hurry.
    }
  }
}
