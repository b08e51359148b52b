package io.coffer.server;

import com.google.errorprone.annotations.CompileTimeConstant;
import io.coffer.Problem;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Work that takes a while, or some memory, a few pieces at a time; the rest waits. What more of it
 * comes than may wait is refused with {@link Problem.Unavailable}.
 */
final class SlowWork implements Executor, AutoCloseable {
  private static final int IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads;
  private final Problem tooMuch;

  private SlowWork(String name, int atOnce, int waitingMax, Problem tooMuch) {
    this.threads =
        new ThreadPoolExecutor(
            atOnce,
            atOnce,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(waitingMax),
            body -> Thread.ofPlatform().daemon().name(name).unstarted(body));
    this.threads.allowCoreThreadTimeOut(true);
    this.tooMuch = tooMuch;
  }

  /** Of templates. */
  static SlowWork expansions() {
    return new SlowWork("expansion", 2, 1_000, tooMuch("too many templates at once"));
  }

  /** Of RSA keys: each keeps a core busy for up to some seconds. */
  static SlowWork keys() {
    return new SlowWork("key", 1, 16, tooMuch("too many keys are made at once"));
  }

  /** Looking up issuers' names, which hangs when a name server does, and reading their files. */
  static SlowWork issuers() {
    return new SlowWork("issuer", 8, 64, tooMuch("too many issuers are asked at once"));
  }

  private static Problem tooMuch(@CompileTimeConstant String reason) {
    return new Problem.Unavailable(reason, Duration.ofSeconds(1));
  }

  /** What waits is not begun. */
  @Override
  public void close() {
    var _ = threads.shutdownNow();
  }

  @Override
  public void execute(Runnable work) {
    try {
      threads.execute(work);
    } catch (RejectedExecutionException e) {
      throw tooMuch.asException();
    }
  }
}
