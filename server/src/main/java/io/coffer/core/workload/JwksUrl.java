package io.coffer.core.workload;

import io.coffer.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** Where the keys of an issuer are. Having one means it is well formed, not that it is reached. */
public sealed interface JwksUrl {
  /** As it was given. */
  String text();

  /**
   * A server.
   *
   * @param tls without it, the host is a loopback address
   * @param host a name or an address, in lower case, without brackets
   * @param target path and query
   */
  record Web(String text, boolean tls, String host, int port, String target) implements JwksUrl {}

  /**
   * A file of the server's.
   *
   * @param path absolute, without steps back
   */
  record File(String text, String path) implements JwksUrl {}

  Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|::1|(0{1,4}:){7}0{0,3}1");

  /** Throws {@link Problem.Invalid} if it is none that this server could ever take. */
  static JwksUrl parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw malformed();
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "https" -> web(text, uri, true);
      case "http" -> {
        Web web = web(text, uri, false);
        if (!LOOPBACK.matcher(web.host()).matches()) {
          throw new Problem.Invalid(
                  "jwks_url", "must be https: without TLS there are loopback addresses only")
              .asException();
        }
        yield web;
      }
      case "file" -> file(text, uri);
      default -> throw malformed();
    };
  }

  private static Web web(String text, URI uri, boolean tls) {
    String host = uri.getHost();
    int port = uri.getPort() < 0 ? tls ? 443 : 80 : uri.getPort();
    if (host == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw malformed();
    }
    if (port < 1 || port > 65_535) {
      throw malformed();
    }
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new Web(
        text,
        tls,
        bare.toLowerCase(Locale.ROOT),
        port,
        uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
  }

  private static File file(String text, URI uri) {
    String path = uri.getPath();
    if (path == null
        || uri.getRawAuthority() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || !path.startsWith("/")
        || path.chars().anyMatch(Character::isISOControl)
        || Arrays.stream(path.substring(1).split("/", -1)).anyMatch(JwksUrl::isNoName)) {
      throw malformed();
    }
    return new File(text, path);
  }

  private static boolean isNoName(String step) {
    return step.isEmpty() || step.equals(".") || step.equals("..");
  }

  private static RuntimeException malformed() {
    return new Problem.Invalid(
            "jwks_url", "must be https://HOST/PATH, or file:/PATH to a file of the server")
        .asException();
  }
}
