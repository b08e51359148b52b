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
      boolean wanted = pair.error().isEmpty() && pair.key().equals(name);
      if (wanted) {
        found[0] = pair.value();
      }
      return !wanted;
    });
    return found[0];
  }

  /** Throws {@link DockerError} 400 if a pair would be dropped. */
  public void requireWellFormed() {
    String[] worst = {""};
    each(pair -> {
      if (worst[0].isEmpty() || pair.hasSemicolon()) {
        worst[0] = pair.error().orElse("");
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

  /** Shows each pair to {@code visitor} until it answers false. */
  private void each(Predicate<Pair> visitor) {
    int from = 0;
    while (from < raw.length()) {
      int end = raw.indexOf('&', from);
      int to = end < 0 ? raw.length() : end;
      if (to > from && !visitor.test(new Pair(raw, from, to))) {
        return;
      }
      from = to + 1;
    }
  }

  /** What stands between two ampersands. It is not copied, since it may be the payload. */
  private record Pair(String raw, int from, int to) {
    boolean hasSemicolon() {
      return raw.indexOf(';', from, to) >= 0;
    }

    Optional<String> error() {
      return hasSemicolon()
          ? Optional.of("invalid semicolon separator in query")
          : Escapes.queryError(raw, from, keyEnd()).or(() -> Escapes.queryError(raw, keyEnd(), to));
    }

    String key() {
      return Escapes.query(raw.substring(from, keyEnd()));
    }

    String value() {
      return Escapes.query(raw.substring(Math.min(keyEnd() + 1, to), to));
    }

    private int keyEnd() {
      int equals = raw.indexOf('=', from, to);
      return equals < 0 ? to : equals;
    }

    @Override
    public String toString() {
      return "Pair[" + (to - from) + "]";
    }
  }

  @Override
  public String toString() {
    return "QueryString[" + raw.length() + "]";
  }
}
