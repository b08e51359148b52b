package io.coffer.server;

import io.coffer.core.secret.SecretLimits;
import io.coffer.crypto.seal.SealSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How a server is started, valid by construction. */
public record Settings(
    Path dataDir,
    SealSpec seal,
    Path defaultKeyFolder,
    Address listen,
    Optional<Address> plaintextListen,
    Path dockerSocket,
    SocketAccess dockerSocketAccess,
    Optional<Address> dockerListen,
    TlsSettings tls,
    Optional<Address> dockerPlaintextListen,
    Optional<DriverListen> driverListen,
    Optional<String> driverAccount,
    PluginPath plugins,
    Optional<Address> advertise,
    LogFormat logFormat,
    LogLevel logLevel,
    LockboxLimits lockbox,
    IssuerSettings issuers,
    ClientLimits clients) {
  private static final String INSIDE =
      "--seal: must not be inside the data directory: who takes one would have the other";

  public enum LogFormat {
    TEXT,
    JSON
  }

  private enum ClientAuth {
    OPTIONAL,
    REQUIRED
  }

  public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }

  /**
   * Reads every setting, then reports every mistake at once rather than the first.
   *
   * @throws Mistakes if there is any
   */
  public static Settings parse(Map<Setting, String> given, Defaults defaults) {
    return parse(given, defaults, InstantSource.system());
  }

  /** As above, by {@code clock}, which certificates must be valid by. */
  static Settings parse(Map<Setting, String> given, Defaults defaults, InstantSource clock) {
    Reader read = new Reader(given);
    Path dataDir =
        read.value(Setting.DATA_DIR, defaults.dataDir(), Path::of).toAbsolutePath().normalize();
    SealSpec seal =
        read.value(Setting.SEAL, new SealSpec.File(defaults.sealFile()), SealSpec::parse)
            .absolute();
    if (seal.files().stream().anyMatch(file -> isInside(file, dataDir))) {
      read.mistakes.add(INSIDE);
    }
    Address listen = read.value(Setting.LISTEN, new Address("127.0.0.1", 8443), Address::parse);
    Optional<Address> plaintext = read.optional(Setting.PLAINTEXT_LISTEN, Address::parse);
    if (plaintext.isPresent() && !plaintext.get().isLoopback()) {
      read.mistakes.add("--plaintext-listen: must be a loopback address: there is no TLS on it");
    }
    Path socket =
        read.value(Setting.DOCKER_SOCKET, dataDir.resolve("docker.sock"), Path::of)
            .toAbsolutePath()
            .normalize();
    if (SocketFile.isTooLong(socket)) {
      read.mistakes.add(
          "--docker-socket: must be at most 107 bytes long, as Unix sockets are, and so its"
              + " directory at most 94");
    }
    String engine = read.value(Setting.ENGINE, "rocksdb", Function.identity());
    if (!engine.equals("rocksdb")) {
      read.mistakes.add("--engine: must be rocksdb, the only one in this release");
    }
    SocketAccess socketAccess =
        SocketAccess.of(
            read.optional(Setting.DOCKER_SOCKET_MODE, SocketAccess::mode),
            read.optional(Setting.DOCKER_SOCKET_GROUP, SocketAccess::group));
    Optional<Address> dockerListen = read.optional(Setting.DOCKER_LISTEN, Address::parse);
    TlsSettings tls = tls(read, clock);
    if (given.containsKey(Setting.DOCKER_CLIENT_CA) && !given.containsKey(Setting.DOCKER_LISTEN)) {
      read.mistakes.add("--docker-client-ca: means nothing without --docker-listen");
    }
    Optional<Address> dockerPlaintext =
        read.optional(Setting.DOCKER_PLAINTEXT_LISTEN, Address::parse);
    if (dockerPlaintext.isPresent() && !dockerPlaintext.get().isLoopback()) {
      read.mistakes.add(
          "--docker-plaintext-listen: must be a loopback address: there is no TLS on it");
    }
    Optional<DriverListen> driverListen =
        read.optional(Setting.DOCKER_DRIVER_LISTEN, DriverListen::parse);
    Optional<String> driverAccount =
        read.optional(Setting.DOCKER_DRIVER_ACCOUNT, Function.identity());
    if (driverAccount.isPresent() && !given.containsKey(Setting.DOCKER_DRIVER_LISTEN)) {
      read.mistakes.add("--docker-driver-account: needs --docker-driver-listen");
    }
    if (driverListen.isPresent()
        && driverListen.get() instanceof DriverListen.Socket(var path)
        && path.equals(socket)) {
      read.mistakes.add("--docker-driver-listen: must not be the socket of the Docker door");
    }
    PluginPath plugins =
        read.value(
            Setting.DOCKER_PLUGIN_DIR,
            defaults.plugins(),
            text -> PluginPath.only(Path.of(text).toAbsolutePath().normalize()));
    Optional<Address> advertise = read.optional(Setting.ADVERTISE, Address::parse);
    LogFormat format =
        read.value(Setting.LOG_FORMAT, LogFormat.TEXT, text -> oneOf(LogFormat.values(), text));
    LogLevel level =
        read.value(Setting.LOG_LEVEL, LogLevel.INFO, text -> oneOf(LogLevel.values(), text));
    LockboxLimits lockbox =
        new LockboxLimits(
            new SecretLimits(
                read.value(
                    Setting.SECRETS_PER_CLOUD,
                    SecretLimits.DEFAULT.perCloud(),
                    text -> LockboxLimits.number(text, SecretLimits.PER_CLOUD_MAX)),
                read.value(
                    Setting.VERSIONS_PER_SECRET,
                    SecretLimits.DEFAULT.versions(),
                    text -> (int) LockboxLimits.number(text, SecretLimits.VERSIONS_MAX)),
                read.value(
                    Setting.VERSION_SIZE,
                    SecretLimits.DEFAULT.versionBytes(),
                    text -> (int) LockboxLimits.number(text, SecretLimits.VERSION_BYTES_MAX))),
            read.value(
                Setting.OPERATION_RETENTION,
                LockboxLimits.DEFAULT.operationsKept(),
                LockboxLimits::duration),
            read.value(
                Setting.IDEMPOTENCY_RETENTION,
                LockboxLimits.DEFAULT.idempotencyKept(),
                LockboxLimits::duration));
    ClientLimits clients =
        new ClientLimits(
            read.value(Setting.RATE_LIMIT, ClientLimits.DEFAULT.requests(), ClientLimits::parse),
            read.value(
                Setting.FAILED_LOGINS, ClientLimits.DEFAULT.failedLogins(), ClientLimits::parse),
            read.value(
                Setting.CONNECTIONS_PER_ADDRESS,
                ClientLimits.DEFAULT.connections(),
                ClientLimits::parse));
    if (lockbox.idempotencyKept().compareTo(lockbox.operationsKept()) > 0) {
      read.mistakes.add(
          "--idempotency-retention: must not be longer than --operation-retention: "
              + "the operation is what a key is answered with");
    }
    IssuerSettings issuers =
        new IssuerSettings(
            read.optional(Setting.OIDC_KEYS, IssuerSettings::directory),
            read.optional(Setting.OIDC_CA, ClientAuthorities::read));
    if (!read.mistakes.isEmpty()) {
      throw new Mistakes(read.mistakes);
    }
    return new Settings(
        dataDir,
        seal,
        defaults.sealFile().toAbsolutePath().resolveSibling(""),
        listen,
        plaintext,
        socket,
        socketAccess,
        dockerListen,
        tls,
        dockerPlaintext,
        driverListen,
        driverAccount,
        plugins,
        advertise,
        format,
        level,
        lockbox,
        issuers,
        clients);
  }

  private static TlsSettings tls(Reader read, InstantSource clock) {
    Optional<Path> certificate = read.optional(Setting.TLS_CERT, Path::of);
    Optional<Path> key = read.optional(Setting.TLS_KEY, Path::of);
    Optional<TlsFiles> files = Optional.empty();
    if (certificate.isPresent() && key.isPresent()) {
      TlsFiles both = new TlsFiles(certificate.get().toAbsolutePath(), key.get().toAbsolutePath());
      try {
        both.read(clock.instant());
        files = Optional.of(both);
      } catch (Mistakes e) {
        read.mistakes.addAll(e.sentences());
      }
    } else if (read.given.containsKey(Setting.TLS_CERT)
        != read.given.containsKey(Setting.TLS_KEY)) {
      read.mistakes.add("--tls-cert and --tls-key: one means nothing without the other");
    }
    return new TlsSettings(
        files,
        read.optional(Setting.CLIENT_CA, AuthoritiesFile::parse),
        read.optional(Setting.DOCKER_CLIENT_CA, AuthoritiesFile::parse),
        read.value(
                Setting.CLIENT_AUTH, ClientAuth.OPTIONAL, text -> oneOf(ClientAuth.values(), text))
            == ClientAuth.REQUIRED);
  }

  /**
   * The seal that a store is to need next, by an option of its own.
   *
   * @throws Mistakes if it is none
   */
  public static SealSpec nextSeal(String option, String text, Path dataDir) {
    Reader read = new Reader(Map.of());
    Optional<SealSpec> seal = read.parse(option, text, SealSpec::parse).map(SealSpec::absolute);
    if (seal.isPresent() && seal.get().files().stream().anyMatch(file -> isInside(file, dataDir))) {
      read.mistakes.add(INSIDE.replaceFirst("--seal", "--" + option));
    }
    if (!read.mistakes.isEmpty()) {
      throw new Mistakes(read.mistakes);
    }
    return seal.orElseThrow();
  }

  /** Where what belongs beside the key of the seal is kept, and not among the data. */
  public Path keyFolder() {
    return keyFolder(seal);
  }

  /** Beside the file of {@code guard}; where there is none, where it would be by default. */
  Path keyFolder(SealSpec guard) {
    return guard instanceof SealSpec.File(var path) ? path.resolveSibling("") : defaultKeyFolder;
  }

  private static boolean isInside(Path file, Path dataDir) {
    return real(file).startsWith(real(dataDir));
  }

  /** Where {@code path} leads, as far as it is there: a link must not hide where it ends. */
  private static Path real(Path path) {
    for (Path there = path; there != null; there = there.getParent()) {
      if (Files.exists(there)) {
        try {
          return there.toRealPath().resolve(there.relativize(path));
        } catch (IOException e) {
          return path;
        }
      }
    }
    return path;
  }

  private static <E extends Enum<E>> E oneOf(E[] values, String text) {
    List<String> names = new ArrayList<>();
    for (E value : values) {
      String name = value.name().toLowerCase(java.util.Locale.ROOT);
      if (name.equals(text)) {
        return value;
      }
      names.add(name);
    }
    throw new IllegalArgumentException("must be " + String.join(" or ", names));
  }

  private static final class Reader {
    private final Map<Setting, String> given;
    private final List<String> mistakes = new ArrayList<>();

    Reader(Map<Setting, String> given) {
      this.given = given.isEmpty() ? new EnumMap<>(Setting.class) : new EnumMap<>(given);
    }

    <T> T value(Setting setting, T otherwise, Function<String, T> parse) {
      return optional(setting, parse).orElse(otherwise);
    }

    <T> Optional<T> optional(Setting setting, Function<String, T> parse) {
      String text = given.get(setting);
      return text == null ? Optional.empty() : parse(setting.option(), text, parse);
    }

    <T> Optional<T> parse(String option, String text, Function<String, T> parse) {
      try {
        return Optional.of(parse.apply(text));
      } catch (InvalidPathException e) {
        mistakes.add("--" + option + ": is not a path");
        return Optional.empty();
      } catch (IllegalArgumentException e) {
        // What was given is not repeated: it may be a path to a key, or one pasted by mistake.
        mistakes.add("--" + option + ": " + e.getMessage());
        return Optional.empty();
      }
    }
  }
}
