package io.coffer.api.rpc;

import com.google.protobuf.Timestamp;
import io.coffer.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as messages carry them. */
public final class WireTime {
  private WireTime() {}

  /** What the constraints of every such field say. */
  private static final Instant LAST = Instant.parse("2105-12-31T23:59:59.999999999Z");

  /** An instant that a client sent; throws {@link Problem.Violated} unless it is of a known era. */
  public static Instant instant(String field, Timestamp sent) {
    Instant instant =
        sent.getSeconds() < 0 || sent.getSeconds() > LAST.getEpochSecond()
            ? Instant.MIN
            : Instant.ofEpochSecond(sent.getSeconds(), sent.getNanos());
    if (instant.isBefore(Instant.EPOCH) || instant.isAfter(LAST)) {
      throw new Problem.Violated(field, "value", "1970-01-01T00:00:00Z to the end of 2105")
          .asException();
    }
    return instant;
  }

  /** As precise as it is: for operations and tokens. */
  public static Timestamp nanos(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /** Cut to milliseconds, as resources show their times. */
  public static Timestamp millis(Instant instant) {
    return nanos(instant.truncatedTo(ChronoUnit.MILLIS));
  }
}
