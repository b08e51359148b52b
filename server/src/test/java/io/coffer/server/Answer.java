package io.coffer.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer over HTTP.
 *
 * @param headers by their names in lower case
 */
public record Answer(int status, Map<String, List<String>> headers, String body) {
  private static final Pattern ID = Pattern.compile("(?:e6q|aje|b1g)[0-9a-z]{17}");
  private static final Pattern DOCKER_ID = Pattern.compile("\"[0-9a-z]{25}\"");
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

  static Answer of(int status, Map<String, List<String>> headers, byte[] body) {
    Map<String, List<String>> lower = new TreeMap<>();
    headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
    return new Answer(status, lower, new String(body, StandardCharsets.UTF_8));
  }

  /** The header's value; several are joined by a comma and a space; empty if there is none. */
  public String header(String name) {
    return String.join(", ", headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
  }

  /** The first text member of that name, wherever in the JSON; empty if there is none. */
  public String member(String name) {
    Matcher found =
        Pattern.compile("\"" + Pattern.quote(name) + "\":\\s*\"([^\"]*)\"").matcher(body);
    return found.find() ? found.group(1) : "";
  }

  /**
   * The body with {@code <id>}, {@code <docker-id>}, {@code <uuid>}, {@code <ms>} and {@code <ns>}
   * for what is drawn or read off a clock. A time of at most milliseconds is {@code <ms>}.
   */
  public String form() {
    String text = ID.matcher(body).replaceAll("<id>");
    text = UUID.matcher(text).replaceAll("<uuid>");
    text = DOCKER_ID.matcher(text).replaceAll("\"<docker-id>\"");
    return TIME.matcher(text)
        .replaceAll(time -> {
          String fraction = time.group(1);
          return fraction == null || fraction.length() <= 4 ? "<ms>" : "<ns>";
        });
  }
}
