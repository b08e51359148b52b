package io.coffer.api.docker.wire;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The Content-Type header, held against the grammar and in the words of Go's mime package. */
final class MediaType {
  private static final String JSON = "application/json";
  private static final String SPECIALS = "()<>@,;:\\\"/[]?=";

  private final String header;
  private int at;

  private MediaType(String header, int at) {
    this.header = header;
    this.at = at;
  }

  /** Throws {@link DockerError} 400, with the header in it, unless it says JSON. */
  static void requireJson(String header) {
    int semicolon = header.indexOf(';');
    int base = semicolon < 0 ? header.length() : semicolon;
    String type = header.substring(0, base).strip().toLowerCase(Locale.ROOT);
    MediaType reader = new MediaType(header, base);
    reader.checkType(type);
    reader.checkParameters();
    if (!type.equals(JSON)) {
      throw new DockerError(
          400, "unsupported Content-Type header (" + header + "): must be '" + JSON + "'");
    }
  }

  private void checkType(String type) {
    int slash = tokenEnd(type, 0);
    if (slash == 0) {
      throw malformed("no media type");
    }
    if (slash == type.length()) {
      return;
    }
    if (type.charAt(slash) != '/') {
      throw malformed("expected slash after first token");
    }
    int end = tokenEnd(type, slash + 1);
    if (end == slash + 1) {
      throw malformed("expected token after slash");
    }
    if (end != type.length()) {
      throw malformed("unexpected content after media subtype");
    }
  }

  private void checkParameters() {
    Map<String, String> seen = new HashMap<>();
    skipSpace();
    while (at < header.length()) {
      if (header.substring(at).strip().equals(";")) {
        return;
      }
      expect(';');
      String name = token().toLowerCase(Locale.ROOT);
      expect('=');
      String value = value();
      if (!value.equals(seen.getOrDefault(name, value))) {
        throw malformed("duplicate parameter name");
      }
      seen.put(name, value);
      skipSpace();
    }
  }

  /** Consumes {@code c} and the white space on both its sides. */
  private void expect(char c) {
    skipSpace();
    if (at == header.length() || header.charAt(at) != c) {
      throw malformed("invalid media parameter");
    }
    at++;
    skipSpace();
  }

  private String token() {
    int end = tokenEnd(header, at);
    if (end == at) {
      throw malformed("invalid media parameter");
    }
    String token = header.substring(at, end);
    at = end;
    return token;
  }

  private String value() {
    if (at == header.length() || header.charAt(at) != '"') {
      return token();
    }
    StringBuilder value = new StringBuilder();
    for (int i = at + 1; i < header.length(); i++) {
      char c = header.charAt(i);
      if (c == '"') {
        at = i + 1;
        return value.toString();
      }
      // A backslash before a plain character is itself: some clients send Windows paths.
      if (c == '\\' && i + 1 < header.length() && SPECIALS.indexOf(header.charAt(i + 1)) >= 0) {
        i++;
      }
      value.append(header.charAt(i));
    }
    throw malformed("invalid media parameter");
  }

  private void skipSpace() {
    while (at < header.length() && Character.isWhitespace(header.charAt(at))) {
      at++;
    }
  }

  private static int tokenEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isToken(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isToken(char c) {
    return c > ' ' && c < 0x7f && SPECIALS.indexOf(c) < 0;
  }

  private DockerError malformed(String why) {
    return new DockerError(400, "malformed Content-Type header (" + header + "): mime: " + why);
  }
}
