package io.coffer.server;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerPort;
import io.coffer.core.founding.Founding;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** How servers that listen are reached. */
final class Connections {
  private Connections() {}

  /** What every start tells its clients, by the names of {@link ConnectFile}; more may be put. */
  static Map<String, String> of(
      Settings settings, Founding.Known founding, Server api, Tls tls, Path keyFile) {
    Map<String, String> connections = new LinkedHashMap<>();
    connections.put(ConnectFile.DOCKER_HOST, "unix://" + settings.dockerSocket());
    connections.put(ConnectFile.URL, "https://" + bound(settings.listen(), api).fromHere());
    settings
        .plaintextListen()
        .ifPresent(plain ->
            connections.put(
                ConnectFile.PLAINTEXT_URL,
                "http://" + plain.withPort(port(api, SessionProtocol.HTTP))));
    connections.put(ConnectFile.CA_CERTIFICATE, tls.publish(settings.dataDir()).toString());
    connections.put(ConnectFile.FOLDER_ID, founding.folder().id());
    connections.put(ConnectFile.DOCKER_FOLDER_ID, founding.dockerFolder().id());
    connections.put(ConnectFile.KEY_FILE, keyFile.toString());
    return connections;
  }

  /** What clients are told: as set, else where it listens, else by the name of the machine. */
  static Address advertised(Settings settings, Server api) {
    Address bound = bound(settings.listen(), api);
    return settings
        .advertise()
        .orElseGet(() -> bound.isWildcard() ? new Address(Tls.machineName(), bound.port()) : bound);
  }

  /** The address that was asked for, with the port it got. */
  static Address bound(Address asked, Server server) {
    return asked.withPort(port(server, SessionProtocol.HTTPS));
  }

  static int port(Server server, SessionProtocol protocol) {
    return server.activePorts().values().stream()
        .filter(port -> port.hasProtocol(protocol))
        .map(ServerPort::localAddress)
        .map(InetSocketAddress::getPort)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no port is bound"));
  }
}
