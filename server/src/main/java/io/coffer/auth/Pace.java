package io.coffer.auth;

import java.time.Duration;

/**
 * So many at once, and after that one every so often.
 *
 * @param each how long one takes to leak away
 * @param span how long all that may be taken at once takes to
 */
record Pace(long each, long span) {
  static Pace of(int atOnce, Duration together) {
    long span = together.toNanos();
    return new Pace(span / atOnce, span);
  }
}
