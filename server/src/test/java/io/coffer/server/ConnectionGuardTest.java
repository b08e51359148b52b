package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerPort;
import io.coffer.crypto.SeededEntropy;
import io.coffer.crypto.tls.CertificateAuthority;
import io.coffer.crypto.tls.ServerCertificate;
import io.coffer.crypto.tls.ServerIdentity;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What connections may take before there is a request on them, with times short enough to see. */
@Timeout(120)
final class ConnectionGuardTest {
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration NEVER = Duration.ofMinutes(10);
  private static final String WHOLE = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final int PATIENCE_MILLIS = 30_000;

  private final List<Socket> open = new ArrayList<>();
  private Server server = Server.builder().service("/", (_, _) -> HttpResponse.of("-")).build();

  @AfterEach
  void close() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    server.stop().join();
  }

  private void serve(int perAddress, Duration handshake, Duration head) {
    CertificateAuthority authority =
        CertificateAuthority.fresh("0123456789", InstantSource.system(), new SeededEntropy(1));
    ServerBuilder builder =
        Server.builder()
            .port(port(SessionProtocol.HTTP))
            .port(port(SessionProtocol.HTTPS))
            .service("/", (_, _) -> HttpResponse.of("here"));
    new ConnectionGuard(perAddress, handshake, head).applyTo(builder);
    try (ServerCertificate issued = authority.issue(List.of("localhost"))) {
      new Handshakes(
              new ServedCertificate(ServerIdentity.of(issued)),
              new ClientTrust(ClientAuthorities.of(authority.certificatePem())),
              false)
          .applyTo(builder);
    }
    server = builder.build();
    server.start().join();
  }

  private static ServerPort port(SessionProtocol protocol) {
    return new ServerPort(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), protocol);
  }

  private Socket connect(SessionProtocol protocol) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.activeLocalPort(protocol));
    socket.setSoTimeout(PATIENCE_MILLIS);
    open.add(socket);
    return socket;
  }

  private Socket shaken() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
      Socket plain = connect(SessionProtocol.HTTPS);
      SSLSocket tls =
          (SSLSocket)
              context.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
      tls.startHandshake();
      return tls;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  /** The first line of the answer; the rest is read and left. */
  private static String ask(Socket socket) throws IOException {
    send(socket, WHOLE);
    StringBuilder answer = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (answer.indexOf("here") < 0) {
      int next = in.read();
      if (next < 0) {
        return "closed";
      }
      answer.append((char) next);
    }
    return answer.substring(0, answer.indexOf("\r\n"));
  }

  /** Whether the server ends it, within the patience of the socket. */
  private static boolean isEnded(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void oneAddressHasSoManyConnectionsAndTheNextIsClosed() throws IOException {
    serve(3, NEVER, NEVER);
    List<Socket> three = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Socket socket = connect(SessionProtocol.HTTP);
      assertThat(ask(socket)).isEqualTo("HTTP/1.1 200 OK");
      three.add(socket);
    }
    assertThat(isEnded(connect(SessionProtocol.HTTP))).isTrue();
    assertThat(isEnded(connect(SessionProtocol.HTTPS))).isTrue();
    assertThat(ask(three.getFirst())).isEqualTo("HTTP/1.1 200 OK");
    // One that has gone makes room, as soon as the server has seen it go.
    send(three.get(1), "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    three.get(1).getInputStream().readAllBytes();
    three.get(1).close();
    assertThat(isLetInWithin(Duration.ofSeconds(20))).isTrue();
  }

  private boolean isLetInWithin(Duration time) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < time.toNanos()) {
      try {
        if (ask(connect(SessionProtocol.HTTP)).equals("HTTP/1.1 200 OK")) {
          return true;
        }
      } catch (IOException refused) {
        open.removeLast();
      }
    }
    return false;
  }

  @Test
  void nobodyIsCountedWhereThereIsNoLimit() throws IOException {
    serve(0, NEVER, NEVER);
    for (int i = 0; i < 20; i++) {
      assertThat(ask(connect(SessionProtocol.HTTP))).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u0016\u0003\u0001"})
  void whoDoesNotFinishHisHandshakeIsCutOff(String begun) throws IOException {
    serve(0, SHORT, NEVER);
    Socket done = shaken();
    Socket stuck = connect(SessionProtocol.HTTPS);
    send(stuck, begun);
    assertThat(isEnded(stuck)).isTrue();
    assertThat(ask(done)).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void whoDoesNotFinishHisHeadersIsCutOffAndWhoIsIdleIsNot() throws IOException {
    serve(0, NEVER, SHORT);
    Socket fresh = connect(SessionProtocol.HTTP);
    Socket freshTls = shaken();
    Socket used = connect(SessionProtocol.HTTP);
    assertThat(ask(used)).isEqualTo("HTTP/1.1 200 OK");
    Socket usedTls = shaken();
    assertThat(ask(usedTls)).isEqualTo("HTTP/1.1 200 OK");

    Socket slow = connect(SessionProtocol.HTTP);
    send(slow, "GET / HTTP/1.1\r\nHost");
    Socket slowTls = shaken();
    send(slowTls, "GET / HTTP/1.1\r\nHost");
    Socket slowAgain = connect(SessionProtocol.HTTP);
    assertThat(ask(slowAgain)).isEqualTo("HTTP/1.1 200 OK");
    send(slowAgain, "GET / HT");

    assertThat(isEnded(slow)).isTrue();
    assertThat(isEnded(slowTls)).isTrue();
    assertThat(isEnded(slowAgain)).isTrue();
    for (Socket idle : List.of(fresh, freshTls, used, usedTls)) {
      assertThat(ask(idle)).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void overHttp2AConnectionMayBeOpenForLongBeforeAnythingIsAsked() throws IOException {
    serve(0, NEVER, SHORT);
    try (RawHttp2 connection =
        RawHttp2.open(
            new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.activeLocalPort(SessionProtocol.HTTP)))) {
      Socket slow = connect(SessionProtocol.HTTP);
      send(slow, "GET / HTTP/1.1\r\nHost");
      assertThat(isEnded(slow)).isTrue();
      connection.ping();
      assertThat(connection.await(RawHttp2.PING)).isNotEmpty();
    }
  }
}
