package io.coffer.engine;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Engines as tests start them. */
public final class Engines {
  private Engines() {}

  /** A group commit with a thread of its own, which really waits when told to. */
  public static Engine over(Backend backend, BatchTail tail) {
    return over(backend, tail, pause -> LockSupport.parkNanos(pause.toNanos()));
  }

  static Engine over(Backend backend, BatchTail tail, Consumer<Duration> pause) {
    return new GroupCommit(
        backend,
        tail,
        target -> new Random().nextBytes(target),
        work -> Thread.ofPlatform().name("committer").daemon().unstarted(work),
        pause);
  }
}
