package io.coffer.server;

import io.coffer.Problem;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Expands templates, few at a time: each may take a while, and some memory. */
final class Expansions implements Executor {
  private static final int AT_ONCE = 2;
  private static final int WAITING_MAX = 1_000;
  private static final int IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(WAITING_MAX),
          body -> Thread.ofPlatform().daemon().name("expansion").unstarted(body));

  Expansions() {
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable expansion) {
    try {
      threads.execute(expansion);
    } catch (RejectedExecutionException e) {
      throw new Problem.Unavailable("too many templates at once", Duration.ofSeconds(1))
          .asException();
    }
  }
}
