package io.coffer.server;

import io.coffer.api.rpc.Bugs;
import io.coffer.core.Onces;
import io.coffer.core.iam.RevokedTokens;
import io.coffer.core.operation.Operations;
import io.coffer.core.secret.SecretQuota;
import io.coffer.engine.Engine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is kept for a time only, when that time is over: operations, idempotency keys, the
 * revocations of tokens.
 */
final class Sweeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofHours(1);
  private static final Duration END_MAX = Duration.ofSeconds(30);

  private final Engine engine;
  private final InstantSource clock;
  private final LockboxLimits limits;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("sweeper").daemon().factory());

  private Sweeper(Engine engine, InstantSource clock, LockboxLimits limits) {
    this.engine = engine;
    this.clock = clock;
    this.limits = limits;
  }

  /** Sweeps every now and then, and first counts for {@code quota} what the start need not know. */
  static Sweeper start(
      Engine engine, InstantSource clock, LockboxLimits limits, SecretQuota quota) {
    Sweeper sweeper = new Sweeper(engine, clock, limits);
    sweeper.thread.execute(quota::count);
    var _ =
        sweeper.thread.scheduleWithFixedDelay(
            sweeper::sweep, FIRST.toSeconds(), PAUSE.toSeconds(), TimeUnit.SECONDS);
    return sweeper;
  }

  private void sweep() {
    Instant now = clock.instant();
    sweep("revoked tokens", () -> RevokedTokens.sweep(engine, now));
    sweep("idempotency keys", () -> Onces.sweep(engine, now));
    sweep("operations", () -> Operations.sweep(engine, now.minus(limits.operationsKept())));
  }

  /** One that fails holds up none of the others; the next time finds what it left. */
  private static void sweep(String what, IntSupplier sweep) {
    try {
      int swept = sweep.getAsInt();
      if (swept > 0) {
        log.atInfo()
            .addKeyValue("what", what)
            .addKeyValue("count", swept)
            .log("swept what is no longer kept");
      }
    } catch (RuntimeException | AssertionError e) {
      log.atWarn()
          .addKeyValue("what", what)
          .addKeyValue("trouble", Bugs.describe(e))
          .log("could not sweep");
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(END_MAX.toSeconds(), TimeUnit.SECONDS)) {
        log.atWarn().log("a sweep does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Whoever closes is in a hurry.
    }
  }
}
