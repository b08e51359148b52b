package io.coffer.server;

/**
 * What one client may do, for as many as there are; 0 is no limit.
 *
 * @param requests a second, of one subject
 * @param failedLogins a minute, with one key from one address
 * @param connections of one address, at each listener
 */
record ClientLimits(int requests, int failedLogins, int connections) {
  static final int MAX = 1_000_000;

  /** One caller who works as hard as he can is no trouble; a loop without a pause may be one. */
  static final ClientLimits DEFAULT = new ClientLimits(20_000, 10, 1_000);

  /** For listeners whose clients are all on this machine and known by other means. */
  static final ClientLimits UNBOUNDED = new ClientLimits(0, 0, 0);

  /** Throws {@link IllegalArgumentException} with the rule that is broken. */
  static int parse(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number <= MAX) {
        return number;
      }
    } catch (NumberFormatException _) {
      // As one that is out of bounds.
    }
    throw new IllegalArgumentException("must be a number from 0 to " + MAX);
  }
}
