package io.coffer.api.docker.wire;

/**
 * An API version as it stands in a path: digits and dots, echoed as sent, compared part by part as
 * numbers. So {@code 01.041} and {@code 1.41.0} are {@code 1.41}.
 */
public record ApiVersion(String text) implements Comparable<ApiVersion> {
  /** The newest Coffer speaks, and what a path without a version means. */
  public static final ApiVersion MAX = new ApiVersion("1.51");

  /** The oldest Coffer speaks. */
  public static final ApiVersion MIN = new ApiVersion("1.24");

  private static final ApiVersion TEMPLATING = new ApiVersion("1.37");

  /** Throws {@link DockerError} 400 unless it is within {@link #MIN} and {@link #MAX}. */
  public void requireSupported() {
    if (compareTo(MIN) < 0) {
      throw SecretErrors.versionTooOld(text);
    }
    if (compareTo(MAX) > 0) {
      throw SecretErrors.versionTooNew(text);
    }
  }

  /**
   * Whether errors are JSON. Below {@link #MIN} they are {@code text/plain; charset=utf-8}, with
   * {@code X-Content-Type-Options: nosniff} and a line feed at the end.
   */
  public boolean errorsAreJson() {
    return compareTo(MIN) >= 0;
  }

  /** Throws {@link DockerError} 400 if a spec sent to this version may not ask for a template. */
  public void requireTemplating() {
    if (compareTo(TEMPLATING) < 0) {
      throw SecretErrors.templatingTooNew(this);
    }
  }

  /** Versions that compare as equal need not be equal, since they keep their text. */
  @Override
  public int compareTo(ApiVersion other) {
    String[] mine = text.split("\\.", -1);
    String[] theirs = other.text.split("\\.", -1);
    int parts = Math.max(mine.length, theirs.length);
    for (int i = 0; i < parts; i++) {
      int order = Long.compare(part(mine, i), part(theirs, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** A missing part is 0, one too large for a long the largest. */
  private static long part(String[] parts, int index) {
    long value = 0;
    String digits = index < parts.length ? parts[index] : "";
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        return Long.MAX_VALUE;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  @Override
  public String toString() {
    return text;
  }
}
