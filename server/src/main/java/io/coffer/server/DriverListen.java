package io.coffer.server;

import java.nio.file.Path;

/** Where managers of a swarm reach Coffer as a secret provider. */
public sealed interface DriverListen {
  /** A Unix socket: whoever may open it is served. */
  record Socket(Path path) implements DriverListen {}

  /** A port on a loopback address: whoever is on this machine is served. */
  record Tcp(Address address) implements DriverListen {}

  /** Throws {@link IllegalArgumentException} with the rule that is broken. */
  static DriverListen parse(String text) {
    if (text.startsWith("unix:")) {
      String path = text.substring("unix:".length());
      if (path.isEmpty()) {
        throw new IllegalArgumentException("must be unix:PATH or HOST:PORT");
      }
      Path socket = Path.of(path).toAbsolutePath().normalize();
      if (SocketFile.isTooLong(socket)) {
        throw new IllegalArgumentException(
            "must be at most 107 bytes long, as Unix sockets are, and so its directory at most 94");
      }
      return new Socket(socket);
    }
    Address address = Address.parse(text);
    if (!address.isLoopback()) {
      throw new IllegalArgumentException(
          "must be a loopback address: the protocol has neither TLS nor callers");
    }
    return new Tcp(address);
  }
}
