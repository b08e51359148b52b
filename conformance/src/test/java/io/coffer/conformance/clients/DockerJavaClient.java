package io.coffer.conformance.clients;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.ListSecretsCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.SecretSpec;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.SSLConfig;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** docker-java over the transport that brings nothing else along. */
final class DockerJavaClient implements SecretsClient {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DockerClient docker;

  private DockerJavaClient(DockerClient docker) {
    this.docker = docker;
  }

  static DockerJavaClient overUnix(URI socket) {
    return connect(
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(socket)
            .connectionTimeout(PATIENCE)
            .responseTimeout(PATIENCE)
            .build());
  }

  static DockerJavaClient overTls(URI url, Path authority, String token) {
    DockerHttpClient http =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(url)
            .sslConfig(trusting(authority))
            .connectionTimeout(PATIENCE)
            .responseTimeout(PATIENCE)
            .build();
    return connect(
        new DockerHttpClient() {
          @Override
          public Response execute(Request request) {
            return http.execute(
                Request.builder()
                    .from(request)
                    .putHeader("Authorization", "Bearer " + token)
                    .build());
          }

          @Override
          public void close() throws IOException {
            http.close();
          }
        });
  }

  private static DockerJavaClient connect(DockerHttpClient http) {
    // Its own configuration would be read from the environment of whoever builds.
    DefaultDockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder().withDockerHost("unix:///").build();
    return new DockerJavaClient(DockerClientImpl.getInstance(config, http));
  }

  private static SSLConfig trusting(Path authority) {
    return () -> {
      try (InputStream in = Files.newInputStream(authority)) {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry(
            "coffer", CertificateFactory.getInstance("X.509").generateCertificate(in));
        TrustManagerFactory trust =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), new SecureRandom());
        return context;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (GeneralSecurityException e) {
        throw new AssertionError("a trust store of one certificate", e);
      }
    };
  }

  @Override
  public String create(String name, String data, Map<String, String> labels) {
    SecretSpec spec = new SecretSpec().withName(name).withData(data).withLabels(labels);
    return asked(() -> docker.createSecretCmd(spec).exec().getId());
  }

  @Override
  public List<String> names(Map<String, List<String>> filters) {
    UnaryOperator<ListSecretsCmd> filtered =
        list -> {
          filters.forEach((name, words) -> filter(list, name, words));
          return list;
        };
    return asked(() ->
        filtered.apply(docker.listSecretsCmd()).exec().stream()
            .map(each -> each.getSpec().getName())
            .toList());
  }

  private static void filter(ListSecretsCmd list, String name, List<String> words) {
    switch (name) {
      case "id" -> list.withIdFilter(words);
      case "name" -> list.withNameFilter(words);
      case "label" -> {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String word : words) {
          int equals = word.indexOf('=');
          labels.put(word.substring(0, equals), word.substring(equals + 1));
        }
        list.withLabelFilter(labels);
      }
      default -> throw new AssertionError("docker-java has no filter " + name);
    }
  }

  @Override
  public void remove(String id) {
    asked(() -> docker.removeSecretCmd(id).exec());
  }

  private static <T> T asked(Supplier<T> call) {
    try {
      return call.get();
    } catch (DockerException e) {
      throw new Refused(
          e.getHttpStatus(), e.getClass().getSimpleName(), String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    try {
      docker.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
