package io.coffer.api.docker.wire;

/**
 * A decoded path, split into the API version it starts with and the rest. The version need not be a
 * supported one: an unknown page is 404 whatever the version, so {@link
 * ApiVersion#requireSupported} comes after routing.
 *
 * @param path starts with a slash
 */
public record VersionedPath(ApiVersion version, String path) {
  private static final String PREFIX = "/v";

  /** Without a well-formed version ({@code /v1.x/…}, {@code /v1.41}) all of it is the path. */
  public static VersionedPath of(String decoded) {
    int end = PREFIX.length();
    if (decoded.startsWith(PREFIX)) {
      while (end < decoded.length() && isVersion(decoded.charAt(end))) {
        end++;
      }
      if (end > PREFIX.length() && end < decoded.length() && decoded.charAt(end) == '/') {
        ApiVersion version = new ApiVersion(decoded.substring(PREFIX.length(), end));
        return new VersionedPath(version, decoded.substring(end));
      }
    }
    return new VersionedPath(ApiVersion.MAX, decoded);
  }

  private static boolean isVersion(char c) {
    return c == '.' || (c >= '0' && c <= '9');
  }
}
