package io.coffer.server;

import io.coffer.core.change.ChangeFeed;
import io.coffer.core.change.ChangeTrim;
import io.coffer.engine.Engine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread on which readers are told of changes, and old changes forgotten every minute. */
final class ChangeThread implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ChangeThread.class);
  private static final Duration TRIM_EVERY = Duration.ofMinutes(1);
  private static final Duration END_MAX = Duration.ofSeconds(5);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("changes").daemon().factory());
  private final ChangeFeed feed;

  ChangeThread(Engine engine, InstantSource clock) {
    this.feed = new ChangeFeed(engine, thread);
    ChangeTrim trim = new ChangeTrim(engine, thread);
    var _ =
        thread.scheduleWithFixedDelay(
            () -> trim(trim, clock),
            TRIM_EVERY.toNanos(),
            TRIM_EVERY.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  private static void trim(ChangeTrim trim, InstantSource clock) {
    try {
      var _ =
          trim.trim(clock.instant())
              .whenComplete((_, trouble) -> {
                if (trouble != null) {
                  failed(trouble);
                }
              });
    } catch (RuntimeException | AssertionError e) {
      failed(e); // The next minute may be better.
    }
  }

  private static void failed(Throwable trouble) {
    log.atWarn()
        .addKeyValue("cause", trouble.getClass().getName())
        .log("old changes were not forgotten");
  }

  ChangeFeed feed() {
    return feed;
  }

  /** Ends the answers that only end when the server does. */
  void endStreams() {
    feed.close();
  }

  @Override
  public void close() {
    feed.close();
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(END_MAX.toSeconds(), TimeUnit.SECONDS)) {
        log.atWarn().log("the thread of changes did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Whoever closes is in a hurry.
    }
  }
}
