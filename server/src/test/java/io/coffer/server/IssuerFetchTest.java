package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.server.Server;
import io.coffer.auth.KeySource;
import io.coffer.core.workload.JwksUrl;
import io.coffer.crypto.SeededEntropy;
import io.coffer.crypto.tls.CertificateAuthority;
import io.coffer.crypto.tls.ServerCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class IssuerFetchTest {
  private static final IssuerSettings NONE = new IssuerSettings(Optional.empty(), Optional.empty());

  @TempDir private Path home;

  private static String fetched(IssuerFetch fetch, String url) {
    return fetch.fetch(JwksUrl.parse(url)).toCompletableFuture().join();
  }

  private static void assertNotFetched(IssuerFetch fetch, String url) {
    assertThatThrownBy(() -> fetched(fetch, url)).isInstanceOf(CompletionException.class);
  }

  @Test
  void aServerOnThisMachineIsAskedStraight() {
    String before = System.getProperty("http.proxyHost", "");
    System.setProperty("http.proxyHost", "proxy.invalid");
    try (LoopbackIssuer issuer = LoopbackIssuer.start()) {
      issuer.answer("keys");
      assertThat(fetched(new IssuerFetch(NONE), issuer.url())).isEqualTo("keys");
    } finally {
      System.setProperty("http.proxyHost", before);
    }
  }

  @Test
  void aRedirectionIsNotFollowed() {
    try (LoopbackIssuer issuer = LoopbackIssuer.start();
        LoopbackIssuer other = LoopbackIssuer.start()) {
      other.answer("keys");
      for (int status : new int[] {301, 302, 307, 308}) {
        issuer.answer(exchange -> {
          exchange.getResponseHeaders().add("Location", other.url());
          LoopbackIssuer.send(exchange, status, "");
        });
        assertNotFetched(new IssuerFetch(NONE), issuer.url());
      }
      assertThat(other.questions()).isZero();
    }
  }

  @Test
  void anAnswerIsTwoHundredAndNotTooLong() {
    try (LoopbackIssuer issuer = LoopbackIssuer.start()) {
      for (int status : new int[] {201, 204, 404, 500}) {
        issuer.answer(exchange -> LoopbackIssuer.send(exchange, status, ""));
        assertNotFetched(new IssuerFetch(NONE), issuer.url());
      }
      issuer.answer("x".repeat(KeySource.BYTES_MAX));
      assertThat(fetched(new IssuerFetch(NONE), issuer.url())).hasSize(KeySource.BYTES_MAX);
      issuer.answer("x".repeat(KeySource.BYTES_MAX + 1));
      assertNotFetched(new IssuerFetch(NONE), issuer.url());
    }
  }

  @Test
  void aBodyThatComesBitByBitIsNotWaitedForLongerThanTheTime() {
    CountDownLatch over = new CountDownLatch(1);
    try (LoopbackIssuer issuer = LoopbackIssuer.start()) {
      issuer.answer(exchange -> {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
          while (!over.await(100, TimeUnit.MILLISECONDS)) {
            out.write(' ');
            out.flush();
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
      Instant before = Instant.now();
      assertNotFetched(new IssuerFetch(NONE), issuer.url());
      assertThat(Duration.between(before, Instant.now()))
          .isLessThan(KeySource.TIME_MAX.multipliedBy(2));
    } finally {
      over.countDown();
    }
  }

  @Test
  void aNameIsLookedUpOnceAndItsAddressesLookedAt() {
    InetAddress fit = InetAddress.ofLiteral("127.0.0.1");
    InetAddress unfit = InetAddress.ofLiteral("169.254.169.254");
    try (LoopbackIssuer issuer = LoopbackIssuer.start()) {
      issuer.answer("keys");
      String url = "http://localhost:" + issuer.port() + "/k";
      assertThat(fetched(to(fit), url)).isEqualTo("keys");
      assertNotFetched(to(unfit), url);
      assertNotFetched(to(fit, unfit), url);
      // Without TLS it must lead to this machine, whatever it is called.
      assertNotFetched(to(InetAddress.ofLiteral("10.0.0.1")), url);
      assertThat(issuer.questions()).isEqualTo(1);
    }
    for (String url : new String[] {"https://169.254.169.254/k", "https://[fe80::1]/k"}) {
      assertThat(new IssuerFetch(NONE).allow(JwksUrl.parse(url))).isFalse();
      assertNotFetched(new IssuerFetch(NONE), url);
    }
    assertNotFetched(
        new IssuerFetch(
            NONE,
            host -> {
              throw new UnknownHostException(host);
            },
            Runnable::run),
        "https://nowhere.invalid/k");
  }

  private static IssuerFetch to(InetAddress... addresses) {
    return new IssuerFetch(NONE, host -> addresses, Runnable::run);
  }

  @Test
  void overTlsTheCertificateIsOfAnAuthorityThatCountsAndForTheName() {
    CertificateAuthority authority =
        CertificateAuthority.fresh(
            "0123456789abcdef", InstantSource.system(), new SeededEntropy(5));
    try (ServerCertificate certificate = authority.issue(List.of("issuer.example"))) {
      Server server = serving(certificate);
      server.start().join();
      try {
        IssuerFetch.Names names = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};
        IssuerSettings trusting =
            new IssuerSettings(
                Optional.empty(), Optional.of(ClientAuthorities.of(authority.certificatePem())));
        String url = "https://issuer.example:" + server.activeLocalPort() + "/k";
        assertThat(fetched(new IssuerFetch(trusting, names, Runnable::run), url)).isEqualTo("keys");
        assertNotFetched(new IssuerFetch(NONE, names, Runnable::run), url);
        assertNotFetched(
            new IssuerFetch(trusting, names, Runnable::run), url.replace("issuer", "other"));
      } finally {
        server.stop().join();
      }
    }
  }

  private static Server serving(ServerCertificate certificate) {
    byte[] chain = certificate.chainPem().getBytes(StandardCharsets.US_ASCII);
    TlsKeyPair pair =
        certificate
            .keyPem()
            .lend(key ->
                TlsKeyPair.of(new ByteArrayInputStream(key), new ByteArrayInputStream(chain)));
    return Server.builder()
        .https(0)
        .tls(pair)
        .service("/k", (ctx, req) -> HttpResponse.of("keys"))
        .build();
  }

  @Test
  void aFileIsReadBelowTheDirectoryAndNowhereElse() throws IOException {
    Path directory = home.resolve("keys");
    Path keys = Files.createDirectories(directory.resolve("more"));
    Files.writeString(keys.resolve("k.json"), "keys");
    Path outside = Files.writeString(home.resolve("outside.json"), "hush");
    Files.createSymbolicLink(directory.resolve("out.json"), outside);
    Files.createSymbolicLink(directory.resolve("in.json"), keys.resolve("k.json"));
    Files.createDirectories(home.resolve("keys-too"));
    Files.writeString(home.resolve("keys-too/k.json"), "hush");
    IssuerFetch fetch =
        new IssuerFetch(new IssuerSettings(Optional.of(directory), Optional.empty()));

    assertThat(fetched(fetch, "file:" + keys.resolve("k.json"))).isEqualTo("keys");
    assertThat(fetched(fetch, "file:" + directory.resolve("in.json"))).isEqualTo("keys");
    for (String path :
        new String[] {"keys/out.json", "outside.json", "keys-too/k.json", "keys/no"}) {
      assertNotFetched(fetch, "file:" + home.resolve(path));
    }
    assertNotFetched(fetch, "file:" + keys);
    assertThat(fetch.allow(JwksUrl.parse("file:" + outside))).isFalse();
    assertThat(fetch.allow(JwksUrl.parse("file:" + home.resolve("keys-too/k.json")))).isFalse();
    assertThat(fetch.allow(JwksUrl.parse("file:" + keys.resolve("k.json")))).isTrue();
    assertThat(new IssuerFetch(NONE).allow(JwksUrl.parse("file:" + keys.resolve("k.json"))))
        .isFalse();
    assertNotFetched(new IssuerFetch(NONE), "file:" + keys.resolve("k.json"));

    Files.writeString(keys.resolve("k.json"), "x".repeat(KeySource.BYTES_MAX));
    assertThat(fetched(fetch, "file:" + keys.resolve("k.json"))).hasSize(KeySource.BYTES_MAX);
    Files.writeString(keys.resolve("k.json"), "x".repeat(KeySource.BYTES_MAX + 1));
    assertNotFetched(fetch, "file:" + keys.resolve("k.json"));
  }
}
