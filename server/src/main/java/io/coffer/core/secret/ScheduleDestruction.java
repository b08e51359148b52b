package io.coffer.core.secret;

import io.coffer.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Takes a version out of use, to be destroyed later.
 *
 * @param pending how much later: 0 s to {@link #PENDING_MAX}
 */
public record ScheduleDestruction(String secretId, String versionId, Duration pending) {
  public static final Duration PENDING_DEFAULT = Duration.ofDays(7);
  public static final Duration PENDING_MAX = Duration.ofDays(365);

  public ScheduleDestruction {
    if (pending.isNegative() || pending.compareTo(PENDING_MAX) > 0) {
      throw new Problem.Invalid("pending_period", "must be 0 s to 365 days").asException();
    }
  }

  /** To the millisecond, as clients are told. */
  Instant destroyAt(Instant now) {
    return now.plus(pending).truncatedTo(ChronoUnit.MILLIS);
  }
}
