package io.coffer.server;

import io.coffer.crypto.seal.Custodian;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server of its own for a test: a real store in a folder, TLS and plaintext on ports the system
 * chose, the Docker socket in the data directory.
 */
public final class RunningCoffer implements AutoCloseable {
  private final Settings settings;
  private final CofferServer server;
  private @Nullable String token;

  private RunningCoffer(Settings settings, CofferServer server) {
    this.settings = settings;
    this.server = server;
  }

  /** Starts one that keeps everything in {@code home}; a second start there finds what is there. */
  public static RunningCoffer start(Path home) {
    return start(home, Map.of());
  }

  /** As {@link #start(Path)}, with {@code more} settings, which win. */
  public static RunningCoffer start(Path home, Map<Setting, String> more) {
    return start(home, more, Custodian.NOBODY);
  }

  /** As above; {@code custodian} is asked for what the seal keeps in no file. */
  static RunningCoffer start(Path home, Map<Setting, String> more, Custodian custodian) {
    return start(home, more, custodian, Clock.systemUTC());
  }

  /** As {@link #start(Path, Map)}, with a clock of the test's own. */
  public static RunningCoffer start(Path home, Map<Setting, String> more, InstantSource clock) {
    return start(home, more, Custodian.NOBODY, clock);
  }

  private static RunningCoffer start(
      Path home, Map<Setting, String> more, Custodian custodian, InstantSource clock) {
    Settings settings = settings(home, more);
    Logging.start(settings.logFormat(), settings.logLevel());
    return new RunningCoffer(
        settings, CofferServer.start(settings, clock, custodian, Rollback.REFUSE));
  }

  static Settings settings(Path home, Map<Setting, String> more) {
    Map<Setting, String> given = new EnumMap<>(Setting.class);
    given.put(Setting.DATA_DIR, home.resolve("data").toString());
    given.put(Setting.SEAL, "file:" + home.resolve("keys/seal.key"));
    given.put(Setting.LISTEN, "127.0.0.1:0");
    given.put(Setting.PLAINTEXT_LISTEN, "127.0.0.1:0");
    given.putAll(more);
    return Settings.parse(given, Defaults.of(Map.of("HOME", home.toString())));
  }

  public Settings settings() {
    return settings;
  }

  public String url() {
    return at(ConnectFile.URL);
  }

  public String plaintextUrl() {
    return at(ConnectFile.PLAINTEXT_URL);
  }

  public String folderId() {
    return at(ConnectFile.FOLDER_ID);
  }

  public String dockerFolderId() {
    return at(ConnectFile.DOCKER_FOLDER_ID);
  }

  public Path caCertificate() {
    return Path.of(at(ConnectFile.CA_CERTIFICATE));
  }

  public AuthorizedKey adminKey() {
    return AuthorizedKey.read(Path.of(at(ConnectFile.KEY_FILE)));
  }

  /** The Docker door, to connect to. */
  public SocketAddress docker() {
    return UnixDomainSocketAddress.of(settings.dockerSocket());
  }

  /** The API without TLS, to connect to. */
  public SocketAddress plaintext() {
    URI uri = URI.create(plaintextUrl());
    return new InetSocketAddress(uri.getHost(), uri.getPort());
  }

  /** The API over TLS. */
  public Rest rest() {
    return new Rest(url(), caCertificate());
  }

  /** As above, with a certificate to show. */
  public Rest rest(ClientIdentity identity) {
    return new Rest(url(), caCertificate(), Optional.of(identity));
  }

  /** The Docker door over TLS, if {@link Setting#DOCKER_LISTEN} was given. */
  public Rest dockerOverTls() {
    return dockerOverTls(Optional.empty());
  }

  /** As above, with a certificate to show. */
  public Rest dockerOverTls(Optional<ClientIdentity> identity) {
    String host = at(ConnectFile.DOCKER_TLS_HOST);
    return new Rest("https" + host.substring("tcp".length()), caCertificate(), identity);
  }

  /** The Docker door without TLS, if {@link Setting#DOCKER_PLAINTEXT_LISTEN} was given. */
  public SocketAddress dockerPlaintext() {
    URI uri = URI.create(at(ConnectFile.DOCKER_PLAINTEXT_HOST));
    return new InetSocketAddress(uri.getHost(), uri.getPort());
  }

  /** What a file {@code coffer.spec} of an engine says. */
  public String dockerDriver() {
    return at(ConnectFile.DOCKER_DRIVER);
  }

  /** To the Docker door. */
  public RawConnection connectDocker() {
    return RawConnection.open(docker());
  }

  /** To the Docker door over TLS, if {@link Setting#DOCKER_LISTEN} was given. */
  public RawConnection connectDockerOverTls() {
    return RawConnection.openTls(URI.create(at(ConnectFile.DOCKER_TLS_HOST)), caCertificate());
  }

  /** A token of the administrator, got as clients get theirs. */
  public synchronized String token() {
    String known = token;
    if (known == null) {
      known = adminKey().login(rest());
      token = known;
    }
    return known;
  }

  private String at(String name) {
    String value = server.connections().get(name);
    if (value == null) {
      throw new AssertionError("not served: " + name);
    }
    return value;
  }

  @Override
  public void close() {
    server.close();
  }
}
