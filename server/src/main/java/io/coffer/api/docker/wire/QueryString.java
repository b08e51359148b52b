package io.coffer.api.docker.wire;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * The query of a request, still encoded. Some clients repeat the payload in it, so it does not
 * print, and only the values that are asked for are decoded. Pairs an engine would drop (with a
 * semicolon or a malformed escape) are dropped; whether that matters is for the request to say.
 */
public final class QueryString {
  private final String raw;

  /**
   * @param raw what follows the question mark, empty if nothing does
   */
  public QueryString(String raw) {
    this.raw = raw;
  }

  /** The first value of {@code name}, whose case matters; empty if there is none. */
  public String first(String name) {
    String[] found = {""};
    each(pair -> {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      if (error(pair).isPresent() || !Escapes.query(key).equals(name)) {
        return true;
      }
      found[0] = Escapes.query(value);
      return false;
    });
    return found[0];
  }

  /** Throws {@link DockerError} 400 if a pair would be dropped. */
  public void requireWellFormed() {
    String[] worst = {""};
    each(pair -> {
      boolean semicolon = pair.indexOf(';') >= 0;
      if (worst[0].isEmpty() || semicolon) {
        error(pair).ifPresent(text -> worst[0] = text);
      }
      return true;
    });
    if (!worst[0].isEmpty()) {
      throw new DockerError(400, worst[0]);
    }
  }

  /**
   * The {@code version} parameter of an update, an unsigned 64-bit number.
   *
   * @throws DockerError 400 if it is missing or anything but decimal digits of one
   */
  public long objectVersion() {
    String text = first("version");
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    try {
      if (digits) {
        return Long.parseUnsignedLong(text);
      }
    } catch (NumberFormatException e) {
      throw SecretErrors.versionInvalid(); // More than 64 bits.
    }
    throw SecretErrors.versionInvalid();
  }

  private static Optional<String> error(String pair) {
    if (pair.indexOf(';') >= 0) {
      return Optional.of("invalid semicolon separator in query");
    }
    return Escapes.queryError(pair);
  }

  /** Shows each pair to {@code visitor} until it answers false. */
  private void each(Predicate<String> visitor) {
    int from = 0;
    while (from < raw.length()) {
      int end = raw.indexOf('&', from);
      int to = end < 0 ? raw.length() : end;
      if (to > from && !visitor.test(raw.substring(from, to))) {
        return;
      }
      from = to + 1;
    }
  }

  @Override
  public String toString() {
    return "QueryString[" + raw.length() + "]";
  }
}
