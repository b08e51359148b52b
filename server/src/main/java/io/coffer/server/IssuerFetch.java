package io.coffer.server;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.RequestOptions;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.proxy.ProxyConfig;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.CommonPools;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.SessionProtocol;
import io.coffer.auth.KeySource;
import io.coffer.core.workload.JwksUrl;
import io.coffer.core.workload.KeyPlaces;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Fetches the keys of issuers from files of one directory, and from servers: straight, without a
 * proxy, following nothing, connecting to the very address that was looked at. Servers are few and
 * seldom asked, so no connection is kept.
 */
final class IssuerFetch implements KeySource, KeyPlaces {
  private final IssuerSettings settings;
  private final Names names;
  private final Executor blocking;

  IssuerFetch(IssuerSettings settings) {
    this(settings, InetAddress::getAllByName, SlowWork.issuers());
  }

  /**
   * With another way to look up names.
   *
   * @param blocking runs what blocks
   */
  IssuerFetch(IssuerSettings settings, Names names, Executor blocking) {
    this.settings = settings;
    this.names = names;
    this.blocking = blocking;
  }

  /** To which addresses a name leads. */
  @FunctionalInterface
  interface Names {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  @Override
  public boolean allow(JwksUrl url) {
    return switch (url) {
      case JwksUrl.File(var _, var path) ->
          settings.keys().map(directory -> Path.of(path).startsWith(directory)).orElse(false);
      case JwksUrl.Web web -> !isForbiddenLiteral(web.host());
    };
  }

  private static boolean isForbiddenLiteral(String host) {
    try {
      return ForbiddenAddress.is(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException aName) {
      return false;
    }
  }

  @Override
  public CompletionStage<String> fetch(JwksUrl url) {
    CompletableFuture<byte[]> content =
        switch (url) {
          case JwksUrl.File file -> CompletableFuture.supplyAsync(() -> read(file), blocking);
          case JwksUrl.Web web ->
              CompletableFuture.supplyAsync(() -> resolve(web), blocking)
                  .thenCompose(address -> get(web, address));
        };
    return content
        .orTimeout(TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private byte[] read(JwksUrl.File file) {
    try {
      Path directory =
          settings.keys().orElseThrow(() -> new IOException("no directory for keys")).toRealPath();
      Path there = Path.of(file.path()).toRealPath(); // A link must not lead out of it.
      if (!there.startsWith(directory) || !Files.isRegularFile(there)) {
        throw new IOException("no file of the directory for keys");
      }
      try (InputStream in = Files.newInputStream(there)) {
        byte[] content = in.readNBytes(BYTES_MAX + 1);
        if (content.length > BYTES_MAX) {
          throw new IOException("too long");
        }
        return content;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private InetAddress resolve(JwksUrl.Web web) {
    try {
      InetAddress[] addresses = names.of(web.host());
      for (InetAddress address : addresses) {
        if (ForbiddenAddress.is(address) || (!web.tls() && !address.isLoopbackAddress())) {
          throw new UnknownHostException("an address that is not asked");
        }
      }
      return addresses[0];
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CompletionStage<byte[]> get(JwksUrl.Web web, InetAddress address) {
    ClientFactory factory = factory(web);
    Endpoint named = Endpoint.of(web.host(), web.port());
    WebClient client =
        WebClient.builder(
                web.tls() ? SessionProtocol.HTTPS : SessionProtocol.H1C,
                named.hasIpAddr() ? named : named.withIpAddr(address.getHostAddress()))
            .factory(factory)
            .build();
    RequestHeaders headers =
        RequestHeaders.builder(HttpMethod.GET, web.target())
            .add(HttpHeaderNames.ACCEPT, "application/json")
            .add(HttpHeaderNames.USER_AGENT, "Coffer")
            .build();
    RequestOptions options =
        RequestOptions.builder().responseTimeout(TIME_MAX).maxResponseLength(BYTES_MAX).build();
    return client
        .execute(HttpRequest.of(headers), options)
        .aggregate()
        .thenApply(IssuerFetch::content)
        .whenComplete((_, _) -> {
          var _ = factory.closeAsync();
        });
  }

  /** Also of a redirection nothing but its status is read. */
  private static byte[] content(AggregatedHttpResponse answer) {
    if (answer.status().code() != HttpStatus.OK.code()) {
      throw new UncheckedIOException(new IOException("not 200"));
    }
    return answer.content().array();
  }

  private ClientFactory factory(JwksUrl.Web web) {
    ClientFactoryBuilder builder =
        ClientFactory.builder()
            .workerGroup(CommonPools.workerGroup(), false)
            .meterRegistry(new CompositeMeterRegistry())
            .proxyConfig(ProxyConfig.direct())
            .connectTimeout(TIME_MAX);
    if (web.tls() && settings.authorities().isPresent()) {
      X509Certificate[] trusted = trusted(settings.authorities().get());
      builder.tlsCustomizer(tls -> tls.trustManager(trusted));
    }
    return builder.build();
  }

  private static X509Certificate[] trusted(ClientAuthorities more) {
    List<X509Certificate> all = new ArrayList<>(more.certificates());
    try {
      TrustManagerFactory system =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      system.init((KeyStore) null);
      for (TrustManager manager : system.getTrustManagers()) {
        if (manager instanceof X509TrustManager x509) {
          all.addAll(List.of(x509.getAcceptedIssuers()));
        }
      }
    } catch (GeneralSecurityException e) {
      throw new AssertionError("the platform's own roots", e);
    }
    return all.toArray(X509Certificate[]::new);
  }
}
