package io.coffer.auth;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bucket that leaks at a {@link Pace}, by a clock that only goes forward: it is kept as the
 * moment at which it will be empty.
 */
final class Allowance {
  private final AtomicLong emptyAt;

  Allowance(long now) {
    this.emptyAt = new AtomicLong(now);
  }

  /** Takes one; if there is none, how long until there is, and else zero. */
  Duration take(Pace pace, long now) {
    while (true) {
      long until = emptyAt.get();
      long filled = Math.max(0, until - now);
      long over = filled + pace.each() - pace.span();
      if (over > 0) {
        return Duration.ofNanos(over);
      }
      if (emptyAt.compareAndSet(until, now + filled + pace.each())) {
        return Duration.ZERO;
      }
    }
  }

  /** What {@link #take} would answer, and takes nothing. */
  Duration look(Pace pace, long now) {
    return Duration.ofNanos(
        Math.max(0, Math.max(0, emptyAt.get() - now) + pace.each() - pace.span()));
  }
}
