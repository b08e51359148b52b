package io.coffer.server;

import io.coffer.core.iam.RevokedTokens;
import io.coffer.engine.Engine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets, now and then, what nobody needs to know any more. */
final class Sweeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
  private static final Duration EVERY = Duration.ofMinutes(10);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("sweeper").daemon().factory());

  private Sweeper() {}

  static Sweeper start(Engine engine, InstantSource clock) {
    Sweeper sweeper = new Sweeper();
    var _ =
        sweeper.thread.scheduleWithFixedDelay(
            () -> sweep(engine, clock), EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    return sweeper;
  }

  private static void sweep(Engine engine, InstantSource clock) {
    try {
      engine.write(tx -> RevokedTokens.cut(tx, clock.instant())).toCompletableFuture().join();
    } catch (RuntimeException | AssertionError e) {
      // The next time may be better.
      log.atWarn().addKeyValue("cause", e.getClass().getName()).log("sweeping failed");
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
