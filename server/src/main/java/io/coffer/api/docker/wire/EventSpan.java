package io.coffer.api.docker.wire;

import java.time.Instant;
import java.util.Optional;

/**
 * From when to when events are asked for, both ends included. Absent both, nothing of the past is;
 * with either, what is kept of it.
 */
public record EventSpan(Optional<Instant> since, Optional<Instant> until) {
  private static final int NANO_DIGITS = 9;

  /**
   * Reads the parameters {@code since} and {@code until}: seconds since 1970, with a fraction or
   * without; empty or -1 is absent.
   *
   * @throws DockerError 500 if one is no number, in Go's words; 400 if they are the wrong way round
   */
  public static EventSpan of(String since, String until) {
    EventSpan span = new EventSpan(time(since), time(until));
    if (span.until.isPresent() && span.until.get().isBefore(span.since.orElse(Instant.MIN))) {
      throw new DockerError(
          400, "`since` time (" + since + ") cannot be after `until` time (" + until + ")");
    }
    return span;
  }

  public boolean asksForThePast() {
    return since.isPresent() || until.isPresent();
  }

  public boolean holds(Instant at) {
    return !at.isBefore(since.orElse(Instant.MIN)) && !at.isAfter(until.orElse(Instant.MAX));
  }

  private static Optional<Instant> time(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int dot = text.indexOf('.');
    long seconds = integer(dot < 0 ? text : text.substring(0, dot));
    long nanos = dot < 0 ? 0 : nanos(text.substring(dot + 1));
    return seconds == -1 ? Optional.empty() : Optional.of(instant(seconds, nanos));
  }

  /** What is further away than times go is as far away as they go. */
  private static Instant instant(long seconds, long nanos) {
    long within =
        Math.clamp(seconds, Instant.MIN.getEpochSecond() + 1, Instant.MAX.getEpochSecond() - 1);
    return Instant.ofEpochSecond(within).plusNanos(within == seconds ? nanos : 0);
  }

  /** Of a fraction: too few digits are tenths and hundredths, too many are cut. */
  private static long nanos(String digits) {
    long number = integer(digits);
    return (long) (number * Math.pow(10, NANO_DIGITS - digits.length()));
  }

  private static long integer(String text) {
    String digits = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw malformed(text, "invalid syntax");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw malformed(text, "value out of range"); // More than 64 bits.
    }
  }

  private static DockerError malformed(String text, String why) {
    return new DockerError(500, "strconv.ParseInt: parsing " + GoQuote.text(text) + ": " + why);
  }
}
