package io.coffer.engine;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Engines as tests start them. */
public final class Engines {
  private Engines() {}

  /** A group commit with a thread of its own, which really waits when told to. */
  public static Engine over(Backend backend, BatchTail tail) {
    return over(backend, tail, pause -> LockSupport.parkNanos(pause.toNanos()));
  }

  /** A group commit in memory whose commits fail as unavailable while {@code failing} says so. */
  public static Engine inMemory(BatchTail tail, BooleanSupplier failing) {
    Backend backend =
        new FaultyBackend(
            new MemoryBackend(true),
            _ ->
                failing.getAsBoolean()
                    ? FaultyBackend.Fault.UNAVAILABLE
                    : FaultyBackend.Fault.NONE);
    return over(backend, tail);
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
