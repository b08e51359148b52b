package io.coffer.api.rpc;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as messages carry them. */
public final class WireTime {
  private WireTime() {}

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
