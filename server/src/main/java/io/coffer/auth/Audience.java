package io.coffer.auth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Whom a login is meant for. SDKs write Yandex Cloud's address, or that of the endpoint they were
 * given with {@code iam.} before it, or the URL they post to: any of these is ours, if its host is.
 */
public final class Audience {
  private static final String PATH = "/iam/v1/tokens";
  private static final String CLOUD = "iam.api.cloud.yandex.net";

  private final Set<String> hosts = new HashSet<>();

  /**
   * An audience of this server.
   *
   * @param hosts names and addresses this server answers to, without ports
   */
  public Audience(Collection<String> hosts) {
    this.hosts.add(CLOUD);
    for (String host : hosts) {
      String name = host.toLowerCase(Locale.ROOT);
      this.hosts.add(name);
      this.hosts.add("iam." + name);
    }
  }

  /** Whether {@code audience} is one of ours; the port is not looked at. */
  public boolean includes(String audience) {
    try {
      URI uri = new URI(audience);
      String scheme = uri.getScheme();
      String host = uri.getHost();
      return ("https".equals(scheme) || "http".equals(scheme))
          && host != null
          && PATH.equals(uri.getPath())
          && hosts.contains(unbracketed(host.toLowerCase(Locale.ROOT)));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
