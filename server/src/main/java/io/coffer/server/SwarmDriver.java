package io.coffer.server;

import com.linecorp.armeria.common.util.DomainSocketAddress;
import com.linecorp.armeria.server.Server;
import io.coffer.core.Caller;
import io.coffer.core.Ids;
import io.coffer.core.Witness;
import io.coffer.core.founding.DriverAccount;
import io.coffer.core.founding.Founding;
import io.coffer.core.iam.Accounts;
import io.coffer.engine.Engine;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The listener for managers of a swarm. */
final class SwarmDriver {
  private final Place place;
  private final Server server;

  SwarmDriver(DriverListen listen, Entrance entrance) {
    this.place =
        switch (listen) {
          case DriverListen.Socket(var path) -> new Place.InFile(path, socket(path));
          case DriverListen.Tcp(var address) -> new Place.AtPort(address);
        };
    this.server = Listeners.driver(place.bindsAt(), entrance);
  }

  private static SocketFile socket(Path path) {
    return new SocketFile(
        path, Setting.DOCKER_DRIVER_LISTEN, SocketAccess.of(Optional.empty(), Optional.empty()));
  }

  /** Where it is found, and where it is bound. */
  private sealed interface Place {
    record InFile(Path path, SocketFile file) implements Place {}

    record AtPort(Address address) implements Place {}

    default InetSocketAddress bindsAt() {
      return switch (this) {
        case InFile(var _, var file) -> DomainSocketAddress.of(file.bindsAt());
        case AtPort(var address) -> address.toSocketAddress();
      };
    }
  }

  /**
   * Who everybody is who comes through it at a time: the account, nobody while it does not stand.
   *
   * @throws Mistakes if an account was named that is not there
   */
  static Function<Instant, Caller> account(
      Settings settings,
      Engine engine,
      Witness witness,
      InstantSource clock,
      Ids ids,
      Founding.Known founding) {
    Optional<String> named = settings.driverAccount();
    String id =
        named.isPresent()
            ? named.get()
            : DriverAccount.madeOnce(
                    engine, witness, Administrator.serverCall(clock), ids, founding)
                .toCompletableFuture()
                .join();
    if (named.isPresent() && engine.read(tx -> Accounts.account(tx, id)).isEmpty()) {
      throw new Mistakes(List.of("--docker-driver-account: there is no such service account"));
    }
    return now ->
        engine
            .read(tx -> Accounts.account(tx, id))
            .filter(account -> account.standsAt(now))
            .map(account -> new Caller(account.subject(), account.name(), Caller.Via.DOCKER_DRIVER))
            .orElseGet(Caller::nobody);
  }

  Server server() {
    return server;
  }

  void open() {
    switch (place) {
      case Place.InFile(var _, var file) -> Listening.open(server, file);
      case Place.AtPort _ -> Listening.listen(server, "--docker-driver-listen");
    }
  }

  /** What the engine's file {@code coffer.spec} says. */
  String spec() {
    return switch (place) {
      case Place.InFile(var path, var _) -> "unix://" + path;
      case Place.AtPort(var address) -> "tcp://" + address.withPort(Listening.plainPort(server));
    };
  }

  /** Once the server has stopped. */
  void remove() {
    if (place instanceof Place.InFile(var _, var file)) {
      file.remove();
    }
  }
}
