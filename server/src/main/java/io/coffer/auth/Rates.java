package io.coffer.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.coffer.Problem;
import io.coffer.core.Caller;
import io.coffer.core.Subject;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many requests a second one subject may make, whatever it proves itself with and by whatever
 * door; as many at once. Who comes by the Unix socket is not counted.
 */
public final class Rates {
  private static final int SUBJECTS_MAX = 20_000;

  private final Cache<Subject, Allowance> subjects =
      Caffeine.newBuilder().maximumSize(SUBJECTS_MAX).build();
  private final int perSecond;
  private final Pace pace;
  private final LongSupplier nanos;

  /**
   * Counts by a clock that only goes forward.
   *
   * @param perSecond 0 if nothing is to be limited
   */
  public Rates(int perSecond, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.pace = Pace.of(Math.max(1, perSecond), Duration.ofSeconds(1));
    this.nanos = nanos;
  }

  /** Counts one; throws {@link Problem.TooMany} if it is one too many. */
  void count(Caller caller) {
    if (perSecond == 0 || caller.via() == Caller.Via.UNIX_SOCKET) {
      return;
    }
    long now = nanos.getAsLong();
    Duration wait = subjects.get(caller.subject(), _ -> new Allowance(now)).take(pace, now);
    if (wait.isPositive()) {
      throw new Problem.TooMany("too many requests of this caller", wait).asException();
    }
  }
}
