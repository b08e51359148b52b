package io.coffer.server;

import io.coffer.core.secret.SecretLimits;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the Lockbox door lets in and keeps, with the service's own figures unless they are set.
 *
 * @param secrets how much of them may be kept
 * @param operationsKept how long an operation can be asked for
 * @param idempotencyKept how long an idempotency key is known
 */
public record LockboxLimits(
    SecretLimits secrets, Duration operationsKept, Duration idempotencyKept) {
  public static final LockboxLimits DEFAULT =
      new LockboxLimits(SecretLimits.DEFAULT, Duration.ofDays(30), Duration.ofDays(1));

  static final Duration KEPT_MAX = Duration.ofDays(3_650);

  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,8})([smhd])");

  static long number(String text, long most) {
    long number;
    try {
      number = Long.parseLong(text);
    } catch (NumberFormatException e) {
      number = 0;
    }
    if (number < 1 || number > most) {
      throw new IllegalArgumentException("must be a number from 1 to " + most);
    }
    return number;
  }

  static Duration duration(String text) {
    Matcher found = DURATION.matcher(text);
    if (found.matches()) {
      long number = Long.parseLong(found.group(1));
      Duration duration =
          switch (found.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> throw new AssertionError("not a unit of the pattern");
          };
      if (duration.compareTo(KEPT_MAX) <= 0) {
        return duration;
      }
    }
    throw new IllegalArgumentException("must be like 90s, 30m, 24h or 30d, and at most 3650d");
  }
}
