package io.coffer.api.docker.plugin;

import io.coffer.api.docker.wire.DockerError;
import io.coffer.api.docker.wire.PluginJson;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Where a plugin listens. */
public sealed interface PluginAddress {
  /** A Unix socket. */
  record Socket(String path) implements PluginAddress {}

  /**
   * A port.
   *
   * @param tls absent: without TLS
   */
  record Tcp(String host, int port, Optional<Tls> tls) implements PluginAddress {
    /** As requests name it. */
    String authority() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /**
   * The files of a {@code TLSConfig}; each may be empty.
   *
   * @param caFile whom to trust; empty for whom the system trusts
   * @param trustAnybody whether the plugin's certificate is not looked at
   */
  record Tls(String caFile, String certFile, String keyFile, boolean trustAnybody) {
    static final Tls OF_THE_SYSTEM = new Tls("", "", "", false);
  }

  /**
   * The address in a {@code .spec} file: {@code unix:///PATH}, {@code tcp://HOST:PORT}, {@code
   * http://…} or {@code https://…}. Empty if it is none of these.
   */
  static Optional<PluginAddress> ofSpec(String text) {
    return of(text.strip(), Optional.empty());
  }

  /** As {@link #ofSpec}, of the members {@code Addr} and {@code TLSConfig} of a {@code .json}. */
  static Optional<PluginAddress> ofJson(byte[] body) {
    try {
      PluginJson.Place place = PluginJson.place(body);
      return of(
          place.address(),
          place
              .tls()
              .map(
                  tls -> new Tls(tls.caFile(), tls.certFile(), tls.keyFile(), tls.trustAnybody())));
    } catch (DockerError notSuchJson) {
      return Optional.empty();
    }
  }

  private static Optional<PluginAddress> of(String text, Optional<Tls> tls) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "unix" ->
          uri.getHost() == null && uri.getPath() != null && uri.getPath().startsWith("/")
              ? Optional.of(new Socket(uri.getPath()))
              : Optional.empty();
      case "tcp", "http" -> tcp(uri, 80, tls);
      case "https" -> tcp(uri, 443, Optional.of(tls.orElse(Tls.OF_THE_SYSTEM)));
      default -> Optional.empty();
    };
  }

  private static Optional<PluginAddress> tcp(URI uri, int portOtherwise, Optional<Tls> tls) {
    String host = uri.getHost();
    if (host == null) {
      return Optional.empty();
    }
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return Optional.of(new Tcp(bare, uri.getPort() < 0 ? portOtherwise : uri.getPort(), tls));
  }
}
