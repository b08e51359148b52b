package io.coffer.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Everything that can be set: an option, an environment variable, a line of the file. */
public enum Setting {
  DATA_DIR("data-dir", "DIR", "where everything is kept"),
  SEAL(
      "seal",
      "file:PATH|passphrase|shares:K/N|pkcs11:…",
      "what guards the root key; never inside the data directory"),
  LISTEN("listen", "HOST:PORT", "REST and gRPC over TLS"),
  TLS_CERT("tls-cert", "FILE", "what TLS shows, if not a certificate of the built-in CA; a chain"),
  TLS_KEY("tls-key", "FILE", "the private key of --tls-cert"),
  CLIENT_CA("client-ca", "FILE", "whose client certificates count, if not the built-in CA's"),
  CLIENT_AUTH("client-auth", "optional|required", "whether TLS needs a client certificate"),
  PLAINTEXT_LISTEN("plaintext-listen", "HOST:PORT", "REST and gRPC without TLS, loopback only"),
  DOCKER_SOCKET("docker-socket", "PATH", "the Docker door; whoever may open it is administrator"),
  DOCKER_SOCKET_MODE(
      "docker-socket-mode", "OCTAL", "who may open it: 0600, with a group 0660 if not given"),
  DOCKER_SOCKET_GROUP("docker-socket-group", "NAME", "the group of the Docker socket"),
  DOCKER_LISTEN(
      "docker-listen", "HOST:PORT", "the Docker door over TLS, for certificates and tokens"),
  DOCKER_CLIENT_CA(
      "docker-client-ca", "FILE", "whose client certificates count there, if not --client-ca's"),
  DOCKER_PLAINTEXT_LISTEN(
      "docker-plaintext-listen", "HOST:PORT", "the Docker door without TLS, loopback, for tokens"),
  DOCKER_DRIVER_LISTEN(
      "docker-driver-listen",
      "unix:PATH|HOST:PORT",
      "secrets for a swarm's driver; TCP is plain, loopback only"),
  DOCKER_DRIVER_ACCOUNT(
      "docker-driver-account", "ID", "the service account the driver reads as, if not its own"),
  DOCKER_PLUGIN_DIR("docker-plugin-dir", "DIR", "where secret drivers are, not where engines look"),
  RATE_LIMIT("rate-limit", "NUMBER", "requests a second of one caller, at most; 0 is no limit"),
  FAILED_LOGINS(
      "failed-logins", "NUMBER", "a minute with one key from one address, at most; 0 is no limit"),
  CONNECTIONS_PER_ADDRESS(
      "connections-per-address", "NUMBER", "at each listener, at most; 0 is no limit"),
  SECRETS_PER_CLOUD("secrets-per-cloud", "NUMBER", "at most; the Docker folder does not count"),
  VERSIONS_PER_SECRET("versions-per-secret", "NUMBER", "at most, of those not destroyed"),
  VERSION_SIZE("version-size", "BYTES", "all values of a version together, at most"),
  OPERATION_RETENTION("operation-retention", "DURATION", "how long an operation can be asked for"),
  IDEMPOTENCY_RETENTION(
      "idempotency-retention", "DURATION", "how long an idempotency key is known"),
  OIDC_KEYS("oidc-keys", "DIR", "below which files with the keys of OIDC issuers may be"),
  OIDC_CA(
      "oidc-ca", "FILE", "whose certificates of OIDC issuers count beside those the system trusts"),
  ENGINE("engine", "rocksdb", "what keeps the data"),
  ADVERTISE("advertise", "HOST:PORT", "what discovery tells clients, if not --listen"),
  LOG_FORMAT("log-format", "text|json", "a readable line or an object for each event"),
  LOG_LEVEL("log-level", "error|warn|info|debug", "what is worth a line");

  private final String option;
  private final String parameter;
  private final String description;

  Setting(String option, String parameter, String description) {
    this.option = option;
    this.parameter = parameter;
    this.description = description;
  }

  /** As in {@code --data-dir} and in a configuration file. */
  public String option() {
    return option;
  }

  public String parameter() {
    return parameter;
  }

  public String description() {
    return description;
  }

  /** As in {@code COFFER_DATA_DIR}. */
  public String variable() {
    return "COFFER_" + option.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  static Optional<Setting> ofOption(String option) {
    return Arrays.stream(values()).filter(s -> s.option.equals(option)).findFirst();
  }
}
