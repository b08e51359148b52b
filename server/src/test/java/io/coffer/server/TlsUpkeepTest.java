package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerPort;
import io.coffer.crypto.SeededEntropy;
import io.coffer.crypto.tls.CertificateAuthority;
import io.coffer.crypto.tls.CertificateRequest;
import io.coffer.crypto.tls.ServerCertificate;
import io.coffer.crypto.tls.ServerIdentity;
import io.coffer.crypto.tls.SubjectName;
import io.coffer.engine.Engine;
import io.coffer.engine.MemoryEngine;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real handshakes with a listener whose certificate, key and authorities change meanwhile. */
@Timeout(120)
final class TlsUpkeepTest {
  @TempDir private Path home = Path.of("");

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final InstantSource clock = now::get;
  private final Engine engine = new MemoryEngine();
  private final CertificateAuthority site =
      CertificateAuthority.fresh("11111111-site", clock, new SeededEntropy(1));
  private Optional<Server> listening = Optional.empty();
  private Optional<TlsUpkeep> started = Optional.empty();

  @AfterEach
  void close() {
    listening.ifPresent(server -> server.stop().join());
    started.ifPresent(TlsUpkeep::close);
    engine.close();
  }

  private TlsUpkeep upkeep(Map<Setting, String> more) {
    Map<Setting, String> given = new EnumMap<>(Setting.class);
    given.put(Setting.DATA_DIR, home.resolve("data").toString());
    given.putAll(more);
    Settings settings = Settings.parse(given, Defaults.of(Map.of("HOME", home.toString())), clock);
    TlsUpkeep upkeep =
        new TlsUpkeep(
            settings,
            Tls.of(engine, "0123456789", clock, new SeededEntropy(2)),
            clock,
            Optional.empty());
    started = Optional.of(upkeep);
    ServerBuilder builder =
        Server.builder()
            .port(
                new ServerPort(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    SessionProtocol.HTTPS))
            .service("/", (_, _) -> HttpResponse.of("here"));
    upkeep.shown().api().applyTo(builder);
    Server server = builder.build();
    server.start().join();
    listening = Optional.of(server);
    return upkeep;
  }

  private int port() {
    return listening.orElseThrow().activeLocalPort();
  }

  private SSLSocket shake(SSLContext context, String... protocols) throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port());
    socket.setSoTimeout(30_000);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    socket.startHandshake();
    return socket;
  }

  private static SSLContext anyServer(Optional<ClientIdentity> identity) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          identity.map(ClientIdentity::managers).orElse(null),
          InsecureTrustManagerFactory.INSTANCE.getTrustManagers(),
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private X509Certificate shown() throws IOException {
    try (SSLSocket socket = shake(anyServer(Optional.empty()))) {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static String ask(SSLSocket socket) throws IOException {
    socket
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    BufferedReader answer =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    return String.valueOf(answer.readLine());
  }

  /** Puts both where they are looked for, each whole. */
  private void write(ServerCertificate issued, Path folder) throws IOException {
    writeChain(issued, folder);
    writeKey(issued, folder);
  }

  private static void writeChain(ServerCertificate issued, Path folder) throws IOException {
    Path partial = folder.resolve("tls.crt.new");
    Files.writeString(partial, issued.chainPem());
    Files.move(partial, folder.resolve("tls.crt"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void writeKey(ServerCertificate issued, Path folder) throws IOException {
    Path partial = folder.resolve("tls.key.new");
    Files.write(partial, issued.keyPem().lend(byte[]::clone));
    Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rw-------"));
    Files.move(partial, folder.resolve("tls.key"), StandardCopyOption.REPLACE_EXISTING);
  }

  private Map<Setting, String> files(Path folder) {
    return Map.of(
        Setting.TLS_CERT,
        folder.resolve("tls.crt").toString(),
        Setting.TLS_KEY,
        folder.resolve("tls.key").toString());
  }

  private static X509Certificate leaf(ServerCertificate issued) {
    return ServerIdentity.of(issued).chain().getFirst();
  }

  @Test
  void theBuiltInCertificateIsRenewedBeforeItEndsAndOpenConnectionsStay() throws IOException {
    TlsUpkeep upkeep = upkeep(Map.of());
    X509Certificate first = shown();
    try (SSLSocket open = shake(anyServer(Optional.empty()))) {
      Instant ends = first.getNotAfter().toInstant();
      now.set(ends.minus(TlsUpkeep.RENEW_BEFORE));
      upkeep.look();
      assertThat(shown()).isEqualTo(first);

      now.set(ends.minus(TlsUpkeep.RENEW_BEFORE).plusSeconds(1));
      upkeep.look();
      X509Certificate second = shown();
      assertThat(second).isNotEqualTo(first);
      assertThat(second.getNotAfter().toInstant()).isAfter(ends);
      assertThat(List.copyOf(second.getSubjectAlternativeNames()))
          .isEqualTo(List.copyOf(first.getSubjectAlternativeNames()));
      assertThat(second.getPublicKey()).isNotEqualTo(first.getPublicKey());
      assertThat(ask(open)).isEqualTo("HTTP/1.1 200 OK");
      upkeep.look();
      assertThat(shown()).isEqualTo(second);
    } catch (java.security.cert.CertificateParsingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void atTheEndOfTheAuthorityNothingIsRenewedOverAndOver() throws IOException {
    TlsUpkeep upkeep = upkeep(Map.of());
    now.set(now.get().plus(Duration.ofDays(3645)));
    upkeep.look();
    X509Certificate last = shown();
    now.set(now.get().plus(Duration.ofDays(1)));
    upkeep.look();
    assertThat(shown()).isEqualTo(last);
  }

  @Test
  void filesThatWereReplacedAreShownFromTheNextConnectionOn() throws IOException {
    try (ServerCertificate one = site.issue(List.of("localhost"));
        ServerCertificate two = site.issue(List.of("localhost"))) {
      write(one, home);
      TlsUpkeep upkeep = upkeep(files(home));
      assertThat(shown()).isEqualTo(leaf(one));
      assertThat(Files.readString(upkeep.publish())).isEqualTo(site.certificatePem());
      try (SSLSocket open = shake(anyServer(Optional.empty()))) {
        write(two, home);
        upkeep.look();
        assertThat(shown()).isEqualTo(leaf(two));
        assertThat(ask(open)).isEqualTo("HTTP/1.1 200 OK");
      }
    }
  }

  @Test
  void ofAHalfWrittenPairNothingCountsUntilItIsWhole() throws IOException {
    try (ServerCertificate one = site.issue(List.of("localhost"));
        ServerCertificate two = site.issue(List.of("localhost"))) {
      write(one, home);
      TlsUpkeep upkeep = upkeep(files(home));
      writeChain(two, home);
      upkeep.look();
      upkeep.look();
      upkeep.look();
      assertThat(shown()).isEqualTo(leaf(one));
      Files.delete(home.resolve("tls.key"));
      upkeep.look();
      assertThat(shown()).isEqualTo(leaf(one));
      writeKey(two, home);
      upkeep.look();
      assertThat(shown()).isEqualTo(leaf(two));
    }
  }

  @Test
  void aLinkThatLeadsElsewhereIsAChangeAsKubernetesMakesIt() throws IOException {
    try (ServerCertificate one = site.issue(List.of("localhost"));
        ServerCertificate two = site.issue(List.of("localhost"))) {
      write(one, Files.createDirectory(home.resolve("..1")));
      write(two, Files.createDirectory(home.resolve("..2")));
      Files.createSymbolicLink(home.resolve("..data"), Path.of("..1"));
      Files.createSymbolicLink(home.resolve("tls.crt"), Path.of("..data/tls.crt"));
      Files.createSymbolicLink(home.resolve("tls.key"), Path.of("..data/tls.key"));
      TlsUpkeep upkeep = upkeep(files(home));
      assertThat(shown()).isEqualTo(leaf(one));
      Files.createSymbolicLink(home.resolve("..tmp"), Path.of("..2"));
      Files.move(home.resolve("..tmp"), home.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
      upkeep.look();
      assertThat(shown()).isEqualTo(leaf(two));
    }
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2", "TLSv1.3"})
  void http2IsAgreedOnUnderBothVersions(String version) throws IOException {
    upkeep(Map.of());
    try (SSLSocket socket =
        (SSLSocket)
            anyServer(Optional.empty()).getSocketFactory().createSocket("127.0.0.1", port())) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(new String[] {version});
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
      assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
    }
  }

  /** As a client that still speaks what we do not: the platform's own has forgotten it. */
  private void shakeOld(String version, String cipher) throws Exception {
    SslContext client =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.OPENSSL)
            .protocols(version)
            .ciphers(List.of(cipher))
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .endpointIdentificationAlgorithm("")
            .build();
    var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      AtomicReference<SslHandler> tls = new AtomicReference<>();
      new Bootstrap()
          .group(group)
          .channel(NioSocketChannel.class)
          .handler(
              new ChannelInitializer<SocketChannel>() {
                @Override
                protected void initChannel(SocketChannel channel) {
                  SslHandler handler = client.newHandler(channel.alloc());
                  tls.set(handler);
                  channel.pipeline().addLast(handler);
                }
              })
          .connect("127.0.0.1", port())
          .sync();
      tls.get().handshakeFuture().sync();
    } finally {
      group.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS).sync();
    }
  }

  @Test
  void olderVersionsAndCiphersWithoutAuthenticationOrForwardSecrecyAreRefused() {
    upkeep(Map.of());
    assertThatCode(() -> shakeOld("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> shakeOld("TLSv1.1", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("ALERT_PROTOCOL_VERSION");
    assertThatThrownBy(() -> shakeOld("TLSv1", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("ALERT_PROTOCOL_VERSION");
    for (String cipher :
        List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_RSA_WITH_AES_128_CBC_SHA")) {
      assertThatThrownBy(() -> shakeOld("TLSv1.2", cipher))
          .as(cipher)
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("HANDSHAKE_FAILURE");
    }
  }

  private static ClientIdentity client(CertificateAuthority authority) {
    try (CertificateRequest.Draft draft =
        CertificateRequest.draft(SubjectName.parse("CN=localhost"))) {
      return ClientIdentity.of(
          authority
              .issue(CertificateRequest.parse(draft.pem()), Instant.now(), Duration.ofDays(1))
              .pem(),
          draft.keyPem());
    }
  }

  @Test
  void whoseCertificatesCountChangesWithTheFileAndNoSessionIsCarriedOver() throws IOException {
    CertificateAuthority next =
        CertificateAuthority.fresh("22222222-site", clock, new SeededEntropy(3));
    Path file = home.resolve("clients.pem");
    Files.writeString(file, site.certificatePem());
    TlsUpkeep upkeep = upkeep(Map.of(Setting.CLIENT_CA, file.toString()));
    SSLContext known = anyServer(Optional.of(client(site)));
    try (SSLSocket open = shake(known, "TLSv1.2")) {
      Files.writeString(file, next.certificatePem() + next.certificatePem());
      upkeep.look();
      assertThat(ask(open)).isEqualTo("HTTP/1.1 200 OK");
    }
    assertThat(isRefusedWithin(Duration.ofSeconds(20), known))
        .as("the session in which its certificate counted is not resumed for long")
        .isTrue();
    try (SSLSocket socket = shake(anyServer(Optional.of(client(next))))) {
      assertThat(ask(socket)).isEqualTo("HTTP/1.1 200 OK");
    }
    Files.writeString(file, "nonsense");
    upkeep.look();
    upkeep.look();
    try (SSLSocket socket = shake(anyServer(Optional.of(client(next))))) {
      assertThat(ask(socket)).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  private boolean isRefusedWithin(Duration time, SSLContext client) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < time.toNanos()) {
      try {
        shake(client, "TLSv1.2").close();
      } catch (IOException refused) {
        return true;
      }
    }
    return false;
  }

  @Test
  void whoMustShowACertificateIsNotLetInWithout() throws IOException {
    upkeep(Map.of(Setting.CLIENT_AUTH, "required"));
    assertThatThrownBy(
            () -> {
              try (SSLSocket socket = shake(anyServer(Optional.empty()))) {
                ask(socket); // Under TLS 1.3 the refusal comes with the first answer.
              }
            })
        .isInstanceOf(IOException.class);
    CertificateAuthority own =
        Tls.of(engine, "0123456789", clock, new SeededEntropy(2)).authority();
    try (SSLSocket socket = shake(anyServer(Optional.of(client(own))))) {
      assertThat(ask(socket)).isEqualTo("HTTP/1.1 200 OK");
    }
  }
}
