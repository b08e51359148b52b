package io.coffer.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.CommonPools;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.util.DomainSocketAddress;
import io.coffer.DriverTrouble;
import io.coffer.Problem;
import io.coffer.api.docker.plugin.PluginAddress;
import io.coffer.api.docker.plugin.PluginDirectory;
import io.coffer.api.docker.plugin.PluginName;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds plugins where engines find them: {@code NAME.sock}, {@code NAME/NAME.sock}, then {@code
 * NAME.spec}, {@code NAME/NAME.spec}, {@code NAME.json}, {@code NAME/NAME.json}; and connects.
 */
public final class PluginFiles implements PluginDirectory {
  /** What says where a plugin listens is a line or a small object. */
  static final int FILE_BYTES_MAX = 64 << 10;

  private static final int CONNECTIONS_KEPT_MAX = 100;
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

  /** Shorter than what servers keep idle connections for, lest one closes as a question is sent. */
  private static final Duration IDLE_MAX = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(PluginFiles.class);

  private final PluginPath path;
  private final Cache<PluginAddress, ClientFactory> connections =
      Caffeine.newBuilder()
          .maximumSize(CONNECTIONS_KEPT_MAX)
          .executor(Runnable::run)
          .removalListener(
              (@Nullable PluginAddress _, @Nullable ClientFactory old, RemovalCause _) -> {
                if (old != null) {
                  var _ = old.closeAsync();
                }
              })
          .build();

  public PluginFiles(PluginPath path) {
    this.path = path;
  }

  @Override
  public Optional<PluginAddress> find(PluginName name) {
    for (Path directory : path.sockets()) {
      for (Path file : places(directory, name, ".sock")) {
        if (isSocket(file)) {
          return Optional.of(new PluginAddress.Socket(file.toString()));
        }
      }
    }
    for (Path directory : path.files()) {
      for (Path file : places(directory, name, ".spec")) {
        if (Files.exists(file)) {
          String spec = new String(read(name, file), StandardCharsets.UTF_8);
          return Optional.of(understood(name, file, PluginAddress.ofSpec(spec)));
        }
      }
      for (Path file : places(directory, name, ".json")) {
        if (Files.exists(file)) {
          return Optional.of(understood(name, file, PluginAddress.ofJson(read(name, file))));
        }
      }
    }
    return Optional.empty();
  }

  private static Path[] places(Path directory, PluginName name, String ending) {
    String file = name + ending;
    return new Path[] {directory.resolve(file), directory.resolve(name.value()).resolve(file)};
  }

  private static boolean isSocket(Path file) {
    try {
      return SocketFile.isSocket(file);
    } catch (IOException nothingThere) {
      return false;
    }
  }

  private static byte[] read(PluginName name, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(FILE_BYTES_MAX + 1);
      if (content.length <= FILE_BYTES_MAX) {
        return content;
      }
    } catch (IOException e) {
      throw unusable(name, file, e.getClass().getSimpleName());
    }
    throw unusable(name, file, "too long");
  }

  private static PluginAddress understood(
      PluginName name, Path file, Optional<PluginAddress> address) {
    return address.orElseThrow(() -> unusable(name, file, "no address"));
  }

  private static RuntimeException unusable(PluginName name, Path file, String why) {
    log.atWarn()
        .addKeyValue("file", file)
        .addKeyValue("why", why)
        .log("a plugin's file cannot be used");
    return new Problem.DriverFailed(name.value(), DriverTrouble.MISCONFIGURED).asException();
  }

  @Override
  public WebClient client(PluginName name, PluginAddress address) {
    // One for each place: what is read for it, keys among it, is read once.
    ClientFactory factory = connections.get(address, at -> factory(name, at));
    return switch (address) {
      case PluginAddress.Socket(var socket) ->
          client(factory, SessionProtocol.H1C, DomainSocketAddress.of(socket).asEndpoint());
      case PluginAddress.Tcp(var host, var port, var tls) ->
          client(
              factory,
              tls.isPresent() ? SessionProtocol.H1 : SessionProtocol.H1C,
              Endpoint.of(host, port));
    };
  }

  private static WebClient client(
      ClientFactory factory, SessionProtocol protocol, Endpoint endpoint) {
    return WebClient.builder(protocol, endpoint).factory(factory).build();
  }

  private static ClientFactory factory(PluginName name, PluginAddress address) {
    ClientFactoryBuilder builder =
        ClientFactory.builder()
            .workerGroup(CommonPools.workerGroup(), false)
            .meterRegistry(new CompositeMeterRegistry())
            .connectTimeout(CONNECT_MAX)
            .idleTimeout(IDLE_MAX);
    if (address instanceof PluginAddress.Tcp(var _, var _, var tls)) {
      tls.ifPresent(files -> trust(name, files, builder));
    }
    return builder.build();
  }

  private static void trust(
      PluginName name, PluginAddress.Tls files, ClientFactoryBuilder builder) {
    if (files.trustAnybody()) {
      builder.tlsNoVerify();
    } else if (!files.caFile().isEmpty()) {
      Path ca = Path.of(files.caFile());
      builder.tlsCustomizer(tls -> {
        try (InputStream in = Files.newInputStream(ca)) {
          tls.trustManager(in);
        } catch (IOException | IllegalArgumentException e) {
          throw unusable(name, ca, e.getClass().getSimpleName());
        }
      });
    }
    if (!files.keyFile().isEmpty()) {
      Path key = Path.of(files.keyFile());
      try (InputStream keyPem = Files.newInputStream(key);
          InputStream certificates = Files.newInputStream(Path.of(files.certFile()))) {
        builder.tls(TlsKeyPair.of(keyPem, certificates));
      } catch (IOException | IllegalArgumentException e) {
        throw unusable(name, key, e.getClass().getSimpleName());
      }
    }
  }

  @Override
  public void close() {
    connections.invalidateAll();
  }
}
