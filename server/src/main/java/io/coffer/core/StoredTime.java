package io.coffer.core;

import java.time.Instant;

/** Instants as rows keep them: nanoseconds since 1970, which lasts until the year 2262. */
public final class StoredTime {
  private static final long NANOS = 1_000_000_000L;

  private StoredTime() {}

  public static long of(Instant instant) {
    return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS), instant.getNano());
  }

  public static Instant instant(long stored) {
    return Instant.ofEpochSecond(Math.floorDiv(stored, NANOS), Math.floorMod(stored, NANOS));
  }
}
