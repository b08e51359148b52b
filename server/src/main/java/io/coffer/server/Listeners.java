package io.coffer.server;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.util.DomainSocketAddress;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerPort;
import io.coffer.api.docker.door.DockerErrors;
import io.coffer.api.docker.driver.DriverErrors;
import io.coffer.api.operator.OperatorDoor;
import io.coffer.api.rpc.Requests;
import io.coffer.core.Call;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

/** The HTTP servers, with a limit for everything a client can send or hold. */
final class Listeners {
  /** Calls in flight when the server is told to stop have this long to finish. */
  static final Duration DRAIN_MAX = Duration.ofSeconds(30);

  private static final int CONNECTIONS_MAX = 10_000;

  /** Of one connection over HTTP/2, at the same time; clients ask for more later or elsewhere. */
  static final int STREAMS_MAX = 250;

  /** Streams that a client begins and takes back: so many in so many seconds end its connection. */
  static final int RESETS_MAX = 400;

  static final int RESETS_SECONDS = 60;

  /** What may be under way to us before we take it, of a connection and of one of its streams. */
  private static final int WINDOW = 1 << 20;

  static final Duration HANDSHAKE_MAX = Duration.ofSeconds(10);

  /** Over HTTP/1, from the first byte on. */
  static final Duration HEAD_MAX = Duration.ofSeconds(30);

  static final int API_REQUEST_MAX = 4 << 20;
  static final int API_HEADERS_MAX = 64 << 10;

  /** dockerode repeats the data in its request line. */
  private static final int DOCKER_LINE_MAX = 1 << 20;

  /** Engines read bodies of any length; ours end where nothing valid is longer. */
  private static final int DOCKER_REQUEST_MAX = 16 << 20;

  /** Labels are all that is long in what a manager asks. */
  static final int DRIVER_REQUEST_MAX = 1 << 20;

  /** A hundred shares, or a passphrase. */
  static final int OPERATOR_REQUEST_MAX = 64 << 10;

  /** One for all doors: they share the memory. */
  private static final BodyBudget BODIES = new BodyBudget();

  private static final Duration REQUEST_TIME_MAX = Duration.ofSeconds(60);
  private static final Duration IDLE_MAX = Duration.ofMinutes(5);

  private Listeners() {}

  static Server api(Settings settings, Handshakes tls, Entrance entrance, Requests requests) {
    ServerBuilder builder =
        common(settings.clients(), HearOut.HEARD_MAX, API_HEADERS_MAX, API_HEADERS_MAX);
    builder.port(new ServerPort(settings.listen().toSocketAddress(), SessionProtocol.HTTPS));
    settings
        .plaintextListen()
        .ifPresent(
            plain -> builder.port(new ServerPort(plain.toSocketAddress(), SessionProtocol.HTTP)));
    tls.applyTo(builder);
    builder.serviceUnder("/", entrance.door(Doors::api));
    builder.decorator((delegate, ctx, req) -> {
      Call call = requests.admit(ctx, Call.Door.LOCKBOX);
      ctx.mutateAdditionalResponseHeaders(
          headers -> Requests.headers(call.requestId(), req.headers(), headers::add));
      return delegate.serve(ctx, req);
    });
    builder.decorator(BODIES);
    RestErrors errors = new RestErrors(requests);
    builder.decorator(new HearOut(errors)); // Before those above: the last one is asked first.
    builder.decorator(entrance);
    builder.errorHandler(errors);
    return builder.build();
  }

  /** The Docker door on a Unix socket. */
  static Server docker(Path socket, Entrance entrance) {
    return docker(
            ClientLimits.UNBOUNDED,
            new ServerPort(DomainSocketAddress.of(socket), SessionProtocol.HTTP),
            entrance,
            Doors::dockerSocket)
        .build();
  }

  /** The Docker door on a port without TLS. */
  static Server docker(ClientLimits clients, Address address, Entrance entrance) {
    return docker(
            clients,
            new ServerPort(address.toSocketAddress(), SessionProtocol.HTTP),
            entrance,
            Doors::docker)
        .build();
  }

  /** The Docker door over TLS. Clients of engines speak HTTP/1 there. */
  static Server docker(ClientLimits clients, Address address, Handshakes tls, Entrance entrance) {
    ServerBuilder builder =
        docker(
            clients,
            new ServerPort(address.toSocketAddress(), SessionProtocol.HTTPS),
            entrance,
            Doors::docker);
    tls.applyTo(builder);
    return builder.build();
  }

  private static ServerBuilder docker(
      ClientLimits clients, ServerPort port, Entrance entrance, Function<Doors, HttpService> door) {
    return common(clients, DOCKER_REQUEST_MAX, DOCKER_LINE_MAX, API_HEADERS_MAX)
        .port(port)
        .serviceUnder("/", entrance.door(door))
        .decorator(BODIES)
        .decorator(entrance)
        .errorHandler(new DockerErrors());
  }

  /** For managers of a swarm: without TLS, and reachable from this machine only. */
  static Server driver(InetSocketAddress address, Entrance entrance) {
    ServerBuilder builder =
        common(ClientLimits.UNBOUNDED, DRIVER_REQUEST_MAX, API_HEADERS_MAX, API_HEADERS_MAX);
    builder.port(new ServerPort(address, SessionProtocol.HTTP));
    builder.serviceUnder("/", entrance.door(Doors::driver));
    builder.decorator(BODIES);
    builder.decorator(entrance);
    builder.errorHandler(new DriverErrors());
    return builder.build();
  }

  /** For the operator: on a Unix socket, and whether or not the store is open. */
  static Server operator(Path socket, OperatorDoor door) {
    return common(ClientLimits.UNBOUNDED, OPERATOR_REQUEST_MAX, API_HEADERS_MAX, API_HEADERS_MAX)
        .port(new ServerPort(DomainSocketAddress.of(socket), SessionProtocol.HTTP))
        .serviceUnder("/", door)
        .build();
  }

  private static ServerBuilder common(
      ClientLimits clients, long requestMax, int lineMax, int headersMax) {
    ServerBuilder builder = Server.builder();
    new ConnectionGuard(clients.connections(), HANDSHAKE_MAX, HEAD_MAX).applyTo(builder);
    return builder
        .disableServerHeader()
        // One each, and nobody reads them: of two servers in one the second warns in the log.
        .meterRegistry(new CompositeMeterRegistry())
        .maxNumConnections(CONNECTIONS_MAX)
        .maxRequestLength(requestMax)
        .http1MaxInitialLineLength(lineMax)
        .http1MaxHeaderSize(headersMax)
        .http2MaxHeaderListSize(headersMax)
        .http2MaxStreamsPerConnection(STREAMS_MAX)
        .http2MaxResetFramesPerWindow(RESETS_MAX, RESETS_SECONDS)
        .http2InitialConnectionWindowSize(WINDOW)
        .http2InitialStreamWindowSize(WINDOW)
        .requestTimeout(REQUEST_TIME_MAX)
        .idleTimeout(IDLE_MAX)
        .absoluteUriTransformer(Listeners::originForm)
        // The drain has waited by then, and lets nobody in meanwhile.
        .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
        // It would log exceptions with their messages, and those may say anything.
        .unloggedExceptionsReportInterval(Duration.ZERO)
        .verboseResponses(false);
  }

  /** What is asked of an origin in the words for a proxy, {@code http://host/path?query}. */
  static String originForm(String uri) {
    int authority = uri.indexOf("://") + "://".length();
    for (int i = authority; i < uri.length(); i++) {
      if (uri.charAt(i) == '/') {
        return uri.substring(i);
      }
      if (uri.charAt(i) == '?') {
        return "/" + uri.substring(i);
      }
    }
    return "/";
  }
}
