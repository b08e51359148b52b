package io.coffer.engine;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Engines as tests start them. */
public final class Engines {
  private Engines() {}

  /** A group commit with a thread of its own, which really waits when told to. */
  public static Engine over(Backend backend, BatchTail tail) {
    return new GroupCommit(
        backend,
        tail,
        target -> new Random().nextBytes(target),
        work -> Thread.ofPlatform().name("committer").daemon().unstarted(work),
        Engines::pause);
  }

  private static void pause(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }
}
