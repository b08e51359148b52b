package io.coffer.server;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import io.coffer.api.operator.OperatorDoor;
import io.coffer.api.rpc.Requests;
import io.coffer.crypto.tls.ServerIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of a process, and where they are found. */
final class Listening implements AutoCloseable {
  /** In the data directory. */
  static final String OPERATOR_SOCKET = "operator.sock";

  private static final Logger log = LoggerFactory.getLogger(Listening.class);

  private final Settings settings;
  private final Shown shown;
  private final SocketFile socket;
  private final Server api;
  private final Server docker;
  private final Optional<Server> dockerTls;
  private final Optional<Server> dockerPlaintext;
  private final Optional<SwarmDriver> driver;
  private final SocketFile operatorSocket;
  private final Server operator;

  /** Nothing is bound before {@link #open}. The vault knows by now what is shown. */
  Listening(Settings settings, Vault vault, Requests requests, OperatorDoor operator) {
    this.settings = settings;
    this.shown = vault.shown();
    this.socket =
        new SocketFile(
            settings.dockerSocket(), Setting.DOCKER_SOCKET, settings.dockerSocketAccess());
    Entrance entrance = vault.entrance();
    this.api = Listeners.api(settings, shown.api(), entrance, requests);
    this.docker = Listeners.docker(socket.bindsAt(), entrance);
    this.dockerTls =
        settings
            .dockerListen()
            .map(
                address -> Listeners.docker(settings.clients(), address, shown.docker(), entrance));
    this.dockerPlaintext =
        settings
            .dockerPlaintextListen()
            .map(address -> Listeners.docker(settings.clients(), address, entrance));
    this.driver = settings.driverListen().map(listen -> new SwarmDriver(listen, entrance));
    this.operatorSocket = new SocketFile(settings.dataDir().resolve(OPERATOR_SOCKET));
    this.operator = Listeners.operator(operatorSocket.bindsAt(), operator);
  }

  /**
   * Returns when all are open; close it if it throws.
   *
   * @throws Mistakes if an address cannot be listened on
   */
  void open() {
    listen(api, "--listen or --plaintext-listen");
    dockerTls.ifPresent(server -> listen(server, "--docker-listen"));
    dockerPlaintext.ifPresent(server -> listen(server, "--docker-plaintext-listen"));
    open(docker, socket);
    driver.ifPresent(SwarmDriver::open);
    Path place = settings.dataDir().resolve(OPERATOR_SOCKET);
    if (SocketFile.isTooLong(place)) {
      log.atWarn()
          .addKeyValue("path", place)
          .log("no socket for the operator: the name is longer than Unix sockets may have");
    } else {
      open(operator, operatorSocket);
    }
  }

  /** Throws {@link Mistakes} that name {@code option} if its address cannot be listened on. */
  static void listen(Server server, String option) {
    try {
      server.start().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException refused) {
        throw new Mistakes(
            List.of(option + ": its address cannot be listened on: " + refused.getMessage()));
      }
      throw e;
    }
  }

  static void open(Server server, SocketFile socket) {
    socket.makeWay();
    server.start().join();
    socket.publish();
  }

  /** Where clients find them, by the names of {@link ConnectFile}. */
  Map<String, String> found() {
    Map<String, String> found = new LinkedHashMap<>();
    found.put(ConnectFile.DOCKER_HOST, "unix://" + settings.dockerSocket());
    Address here = bound(settings.listen(), api).fromHere();
    found.put(
        ConnectFile.URL, "https://" + named(here, settings.advertise(), shown.served().served()));
    settings
        .plaintextListen()
        .ifPresent(plain ->
            found.put(ConnectFile.PLAINTEXT_URL, "http://" + plain.withPort(plainPort(api))));
    dockerTls.ifPresent(server ->
        found.put(
            ConnectFile.DOCKER_TLS_HOST,
            "tcp://"
                + named(
                    bound(settings.dockerListen().orElseThrow(), server).fromHere(),
                    Optional.empty(),
                    shown.served().served())));
    dockerPlaintext.ifPresent(server ->
        found.put(
            ConnectFile.DOCKER_PLAINTEXT_HOST,
            "tcp://" + settings.dockerPlaintextListen().orElseThrow().withPort(plainPort(server))));
    driver.ifPresent(swarm -> found.put(ConnectFile.DOCKER_DRIVER, swarm.spec()));
    return found;
  }

  /** {@code here}, or if the certificate is not for it by a name that it is for. */
  private static Address named(Address here, Optional<Address> advertised, ServerIdentity shown) {
    return shown.isFor(here.host())
        ? here
        : advertised
            .filter(address -> shown.isFor(address.host()))
            .or(() ->
                shown.names().stream()
                    .filter(name -> !name.startsWith("*."))
                    .findFirst()
                    .map(name -> new Address(name, here.port())))
            .orElse(here);
  }

  /** What clients are told: as set, else where it listens, else by the name of the machine. */
  Address advertised() {
    Address bound = bound(settings.listen(), api);
    return settings
        .advertise()
        .orElseGet(() -> bound.isWildcard() ? new Address(Tls.machineName(), bound.port()) : bound);
  }

  /** The address that was asked for, with the port it got. */
  private static Address bound(Address asked, Server server) {
    return asked.withPort(port(server, SessionProtocol.HTTPS));
  }

  static int plainPort(Server server) {
    return port(server, SessionProtocol.HTTP);
  }

  private static int port(Server server, SessionProtocol protocol) {
    return server.activePorts().values().stream()
        .filter(port -> port.hasProtocol(protocol))
        .map(port -> port.localAddress().getPort())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no port is bound"));
  }

  @Override
  public void close() {
    // All at once: each takes its two seconds.
    List<Server> servers = new ArrayList<>(List.of(api, docker, operator));
    dockerTls.ifPresent(servers::add);
    dockerPlaintext.ifPresent(servers::add);
    driver.ifPresent(swarm -> servers.add(swarm.server()));
    CompletableFuture.allOf(servers.stream().map(Server::stop).toArray(CompletableFuture<?>[]::new))
        .join();
    socket.remove();
    operatorSocket.remove();
    driver.ifPresent(SwarmDriver::remove);
  }
}
