package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coffer.crypto.SeededEntropy;
import io.coffer.crypto.seal.SealSpec;
import io.coffer.crypto.tls.CertificateAuthority;
import io.coffer.crypto.tls.ServerCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
  private static final String HUSH = "hush-7f3a";

  @TempDir private Path home;
  private Defaults defaults;

  @BeforeEach
  void defaults() {
    defaults = Defaults.of(Map.of("HOME", home.toString()));
  }

  @Test
  void withoutAnythingEverythingIsWhereXdgSaysAndOnLoopback() {
    Settings settings = Settings.parse(Map.of(), defaults);
    assertThat(settings.dataDir()).isEqualTo(home.resolve(".local/share/coffer"));
    assertThat(settings.seal())
        .isEqualTo(new SealSpec.File(home.resolve(".config/coffer/seal.key")));
    assertThat(settings.keyFolder()).isEqualTo(home.resolve(".config/coffer"));
    assertThat(settings.dockerSocket()).isEqualTo(settings.dataDir().resolve("docker.sock"));
    assertThat(settings.listen()).hasToString("127.0.0.1:8443");
    assertThat(settings.plaintextListen()).isEmpty();
    assertThat(settings.advertise()).isEmpty();
    assertThat(settings.logFormat()).isEqualTo(Settings.LogFormat.TEXT);
    assertThat(settings.logLevel()).isEqualTo(Settings.LogLevel.INFO);
  }

  @Test
  void keysOfIssuersComeFromADirectoryThatIsThereAndAuthoritiesFromAFile() throws IOException {
    assertThat(Settings.parse(Map.of(), defaults).issuers())
        .isEqualTo(new IssuerSettings(Optional.empty(), Optional.empty()));
    assertThat(mistakes(Map.of(Setting.OIDC_KEYS, home.resolve("none").toString())))
        .containsExactly("--oidc-keys: must be a directory that is there");
    Path file = Files.writeString(home.resolve("ca.pem"), "hush-7f3a");
    assertThat(
            mistakes(
                Map.of(
                    Setting.OIDC_KEYS, file.toString(),
                    Setting.OIDC_CA, file.toString())))
        .containsExactly(
            "--oidc-keys: must be a directory that is there",
            "--oidc-ca: must hold certificates in PEM");
    CertificateAuthority authority =
        CertificateAuthority.fresh(
            "0123456789abcdef", InstantSource.system(), new SeededEntropy(1));
    Files.writeString(file, authority.certificatePem());
    IssuerSettings issuers =
        Settings.parse(
                Map.of(
                    Setting.OIDC_KEYS, home.resolve("x/..").toString(),
                    Setting.OIDC_CA, file.toString()),
                defaults)
            .issuers();
    assertThat(issuers.keys()).contains(home);
    assertThat(issuers.authorities().orElseThrow().certificates()).hasSize(1);
  }

  @Test
  void pluginsAreLookedForWhereEnginesDoOrInOneDirectory() {
    assertThat(Settings.parse(Map.of(), defaults).plugins()).isEqualTo(defaults.plugins());
    assertThat(Settings.parse(Map.of(Setting.DOCKER_PLUGIN_DIR, "/p/x/../y"), defaults).plugins())
        .isEqualTo(PluginPath.only(Path.of("/p/y")));
  }

  @Test
  void xdgFoldersAreFollowed() {
    Defaults moved =
        Defaults.of(
            Map.of("HOME", "/h", "XDG_DATA_HOME", "/d", "XDG_CONFIG_HOME", "/c", "OTHER", "x"));
    assertThat(moved)
        .isEqualTo(
            new Defaults(
                Path.of("/d/coffer"),
                Path.of("/c/coffer/seal.key"),
                Path.of("/c/coffer/coffer.conf"),
                moved.plugins()));
  }

  @Test
  void everyMistakeIsToldAtOnceAndNothingGivenIsRepeated() {
    Map<Setting, String> given = new EnumMap<>(Setting.class);
    given.put(Setting.SEAL, HUSH);
    given.put(Setting.LISTEN, HUSH);
    given.put(Setting.PLAINTEXT_LISTEN, "198.51.100.7:80");
    given.put(Setting.DOCKER_SOCKET, "/" + HUSH.repeat(12));
    given.put(Setting.ENGINE, HUSH);
    given.put(Setting.ADVERTISE, "host:" + HUSH);
    given.put(Setting.LOG_FORMAT, HUSH);
    given.put(Setting.LOG_LEVEL, HUSH);
    assertThat(mistakes(given))
        .containsExactlyInAnyOrder(
            "--seal: must be file:PATH, passphrase, shares:K/N or"
                + " pkcs11:MODULE?token=LABEL&key=LABEL&pin-file=PATH",
            "--listen: must be HOST:PORT",
            "--plaintext-listen: must be a loopback address: there is no TLS on it",
            "--docker-socket: must be at most 107 bytes long, as Unix sockets are, and so its"
                + " directory at most 94",
            "--engine: must be rocksdb, the only one in this release",
            "--advertise: port must be a number",
            "--log-format: must be text or json",
            "--log-level: must be error or warn or info or debug");
  }

  @Test
  void whatIsNoPathIsNotRepeatedEither() {
    Map<Setting, String> given = new EnumMap<>(Setting.class);
    given.put(Setting.DATA_DIR, HUSH + "\0");
    given.put(Setting.SEAL, "file:" + HUSH + "\0");
    given.put(Setting.DOCKER_SOCKET, HUSH + "\0");
    assertThat(mistakes(given))
        .containsExactly(
            "--data-dir: is not a path", "--seal: is not a path", "--docker-socket: is not a path");
  }

  @ParameterizedTest
  @CsvSource({
    "unix:, must be unix:PATH or HOST:PORT",
    "nonsense, must be HOST:PORT",
    "198.51.100.7:80, must be a loopback address: the protocol has neither TLS nor callers",
  })
  void aBadPlaceForTheDriverIsRefusedWithItsRule(String place, String rule) {
    assertThat(mistakes(Map.of(Setting.DOCKER_DRIVER_LISTEN, place)))
        .containsExactly("--docker-driver-listen: " + rule);
  }

  @Test
  void theDriverNeedsASocketOfItsOwnWithinTheLimit() {
    assertThat(mistakes(Map.of(Setting.DOCKER_DRIVER_LISTEN, "unix:/" + "x".repeat(107))))
        .containsExactly(
            "--docker-driver-listen: must be at most 107 bytes long, as Unix sockets are, and so"
                + " its directory at most 94");
    assertThat(
            mistakes(
                Map.of(
                    Setting.DOCKER_SOCKET, "/run/x.sock",
                    Setting.DOCKER_DRIVER_LISTEN, "unix:/run/x.sock")))
        .containsExactly("--docker-driver-listen: must not be the socket of the Docker door");
    assertThat(mistakes(Map.of(Setting.DOCKER_DRIVER_ACCOUNT, "aje")))
        .containsExactly("--docker-driver-account: needs --docker-driver-listen");
  }

  @ParameterizedTest
  @CsvSource({
    "8443, must be HOST:PORT",
    ":8443, must be HOST:PORT",
    "localhost:, port must be a number",
    "localhost:http, port must be a number",
    "localhost:65536, port must be 0 to 65535",
    "localhost:-1, port must be 0 to 65535",
  })
  void aBadAddressIsRefusedWithItsRule(String address, String rule) {
    assertThat(mistakes(Map.of(Setting.LISTEN, address))).containsExactly("--listen: " + rule);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:0, localhost, 0",
    "127.0.0.1:65535, 127.0.0.1, 65535",
    "[::1]:8443, ::1, 8443",
    "vault.example:443, vault.example, 443",
  })
  void aGoodAddressIsReadAndPrintsAsItWas(String address, String host, int port) {
    Settings settings = Settings.parse(Map.of(Setting.LISTEN, address), defaults);
    assertThat(settings.listen()).isEqualTo(new Address(host, port)).hasToString(address);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:80, true",
    "127.9.9.9:80, true",
    "[::1]:80, true",
    "localhost:80, true",
    "0.0.0.0:80, false",
    "[::]:80, false",
    "10.0.0.1:80, false",
    "no-such-host.invalid:80, false",
  })
  void plaintextIsForLoopbackOnly(String address, boolean fine) {
    Map<Setting, String> given = Map.of(Setting.PLAINTEXT_LISTEN, address);
    if (fine) {
      assertThat(Settings.parse(given, defaults).plaintextListen()).isPresent();
    } else {
      assertThat(mistakes(given))
          .containsExactly("--plaintext-listen: must be a loopback address: there is no TLS on it");
    }
  }

  @Test
  void theSealIsNeverInsideTheDataDirectory() throws IOException {
    Path data = home.resolve("data");
    Path link = home.resolve("link");
    Files.createDirectory(data);
    Files.createSymbolicLink(link, data);
    for (Path seal :
        List.of(
            data.resolve("seal.key"),
            data.resolve("a/../b/seal.key"),
            home.resolve("elsewhere/../data/seal.key"),
            link.resolve("seal.key"),
            link.resolve("new/seal.key"))) {
      assertThat(mistakes(Map.of(Setting.DATA_DIR, data.toString(), Setting.SEAL, "file:" + seal)))
          .as("%s", seal)
          .containsExactly(
              "--seal: must not be inside the data directory: who takes one would have the other");
    }
    Path beside = home.resolve("data-keys/seal.key");
    assertThat(
            Settings.parse(
                    Map.of(Setting.DATA_DIR, data.toString(), Setting.SEAL, "file:" + beside),
                    defaults)
                .seal())
        .isEqualTo(new SealSpec.File(beside));
  }

  @Test
  void aSealWithoutAFileLeavesTheAdministratorsKeyWhereItIsByDefault() {
    Settings settings = Settings.parse(Map.of(Setting.SEAL, "shares:2/3"), defaults);

    assertThat(settings.seal()).isEqualTo(new SealSpec.Shares(2, 3));
    assertThat(settings.keyFolder()).isEqualTo(home.resolve(".config/coffer"));
  }

  @Test
  void thePinOfATokenIsRefusedInsideTheDataDirectoryToo() {
    Path data = home.resolve("data");

    assertThat(
            mistakes(
                Map.of(
                    Setting.DATA_DIR,
                    data.toString(),
                    Setting.SEAL,
                    "pkcs11:/m.so?token=t&key=k&pin-file=" + data.resolve("pin"))))
        .containsExactly(
            "--seal: must not be inside the data directory: who takes one would have the other");
    assertThatThrownBy(() -> Settings.nextSeal("to", "file:" + data.resolve("k"), data))
        .isInstanceOf(Mistakes.class)
        .hasMessage(
            "--to: must not be inside the data directory: who takes one would have the other");
    assertThatThrownBy(() -> Settings.nextSeal("to", "shares:1/2", data))
        .isInstanceOf(Mistakes.class)
        .hasMessageStartingWith("--to: of shares:K/N, K must be 2 or more");
  }

  @Test
  void anOptionWinsOverAVariableAndThatOverTheFile() throws IOException {
    Path file = home.resolve("coffer.conf");
    Files.writeString(file, "# a remark\nlisten = file:1\nadvertise = file:2\nlog-level = debug\n");
    Map<Setting, String> merged =
        SettingSources.merge(
            Map.of(Setting.LISTEN, "option:1"),
            Map.of(
                "COFFER_LISTEN", "variable:1", "COFFER_ADVERTISE", "variable:2", "COFFER_SEAL", ""),
            Optional.of(file),
            defaults);
    assertThat(merged)
        .containsOnly(
            Map.entry(Setting.LISTEN, "option:1"),
            Map.entry(Setting.ADVERTISE, "variable:2"),
            Map.entry(Setting.LOG_LEVEL, "debug"));
  }

  @Test
  void theDefaultFileIsReadIfItIsThere() throws IOException {
    assertThat(SettingSources.merge(Map.of(), Map.of(), Optional.empty(), defaults)).isEmpty();
    Files.createDirectories(home.resolve(".config/coffer"));
    Files.writeString(defaults.configFile(), "log-format = json\n");
    assertThat(SettingSources.merge(Map.of(), Map.of(), Optional.empty(), defaults))
        .containsOnly(Map.entry(Setting.LOG_FORMAT, "json"));
  }

  @Test
  void aFileWithUnknownNamesIsRefusedAndNamesThem() throws IOException {
    Path file = home.resolve("coffer.conf");
    Files.writeString(file, "listem = a:1\nlog-levle = debug\n");
    assertThat(merging(file))
        .containsExactly(
            file + ": no setting is called listem", file + ": no setting is called log-levle");
  }

  @Test
  void aLineThatIsAKeyPastedByMistakeIsNotRepeated() throws IOException {
    Path file = home.resolve("coffer.conf");
    Files.writeString(file, "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ\nhush-7f3a = x\n");
    assertThat(merging(file))
        .allSatisfy(sentence -> assertThat(sentence).startsWith(file + ": no setting is called"))
        .noneSatisfy(sentence -> assertThat(sentence).contains("q83v"))
        .noneSatisfy(sentence -> assertThat(sentence).contains(HUSH));
  }

  @Test
  void aFileThatIsNamedMustBeThereAndReadable() throws IOException {
    Path file = home.resolve("missing.conf");
    String sentence = ": cannot be read as lines of NAME = VALUE";
    assertThat(merging(file)).containsExactly(file + sentence);
    Files.writeString(file, "listen = \\u00zz" + HUSH + "\n");
    assertThat(merging(file)).containsExactly(file + sentence);
  }

  @Test
  void everySettingHasItsVariable() {
    assertThat(Setting.values()).extracting(Setting::variable).doesNotHaveDuplicates();
    assertThat(Setting.PLAINTEXT_LISTEN.variable()).isEqualTo("COFFER_PLAINTEXT_LISTEN");
  }

  private List<String> mistakes(Map<Setting, String> given) {
    Mistakes mistakes = catchThrowableOfType(Mistakes.class, () -> Settings.parse(given, defaults));
    assertThat(mistakes).isNotNull();
    assertThat(mistakes.getMessage()).doesNotContain(HUSH);
    return mistakes.sentences();
  }

  private List<String> merging(Path file) {
    Mistakes mistakes =
        catchThrowableOfType(
            Mistakes.class,
            () -> SettingSources.merge(Map.of(), Map.of(), Optional.of(file), defaults));
    assertThat(mistakes).isNotNull();
    assertThat(mistakes.getMessage()).doesNotContain(HUSH);
    return mistakes.sentences();
  }

  @Test
  void aDoorWithoutTlsIsForThisMachineOnly() {
    assertThat(mistakes(Map.of(Setting.DOCKER_PLAINTEXT_LISTEN, "198.51.100.7:2375")))
        .containsExactly(
            "--docker-plaintext-listen: must be a loopback address: there is no TLS on it");
    assertThat(mistakes(Map.of(Setting.DOCKER_PLAINTEXT_LISTEN, "0.0.0.0:2375"))).hasSize(1);
  }

  @Test
  void theModeOfTheSocketIsItsOwnersUnlessSomebodySaysOtherwise() throws IOException {
    String group = Files.readAttributes(home, PosixFileAttributes.class).group().getName();
    assertThat(mode(Map.of())).isEqualTo("rw-------");
    assertThat(mode(Map.of(Setting.DOCKER_SOCKET_GROUP, group))).isEqualTo("rw-rw----");
    assertThat(mode(Map.of(Setting.DOCKER_SOCKET_MODE, "0640"))).isEqualTo("rw-r-----");
    assertThat(mode(Map.of(Setting.DOCKER_SOCKET_MODE, "751", Setting.DOCKER_SOCKET_GROUP, group)))
        .isEqualTo("rwxr-x--x");
    for (String bad : new String[] {"1777", "66", "0o660", "rw-rw----", "0680"}) {
      assertThat(mistakes(Map.of(Setting.DOCKER_SOCKET_MODE, bad)))
          .containsExactly("--docker-socket-mode: must be three octal digits, as 0660");
    }
    assertThat(mistakes(Map.of(Setting.DOCKER_SOCKET_GROUP, "no-such-group-here")))
        .containsExactly("--docker-socket-group: there is no such group on this machine");
  }

  private String mode(Map<Setting, String> given) {
    return PosixFilePermissions.toString(
        Settings.parse(given, defaults).dockerSocketAccess().mode());
  }

  @Test
  void whatVouchesForClientsMustBeAuthoritiesInPem() throws IOException {
    Path file = home.resolve("ca.pem");
    Map<Setting, String> given =
        Map.of(Setting.DOCKER_CLIENT_CA, file.toString(), Setting.DOCKER_LISTEN, "127.0.0.1:0");
    assertThat(mistakes(given)).containsExactly("--docker-client-ca: cannot be read");
    Files.writeString(file, "");
    assertThat(mistakes(given))
        .containsExactly("--docker-client-ca: must hold a certificate in PEM");
    Files.writeString(file, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    assertThat(mistakes(given))
        .containsExactly("--docker-client-ca: must hold certificates in PEM");
    CertificateAuthority authority =
        CertificateAuthority.fresh("0123456789", InstantSource.system(), new SeededEntropy(1));
    try (ServerCertificate leaf = authority.issue(List.of("localhost"))) {
      Files.writeString(file, leaf.chainPem());
    }
    assertThat(mistakes(given))
        .containsExactly("--docker-client-ca: must hold certificates of authorities only");
    Files.writeString(file, authority.certificatePem());
    assertThat(Settings.parse(given, defaults).tls().dockerClientCa()).isPresent();
    assertThat(mistakes(Map.of(Setting.DOCKER_CLIENT_CA, file.toString())))
        .containsExactly("--docker-client-ca: means nothing without --docker-listen");
  }

  @Test
  void aVariableThatLooksLikeASettingAndIsNoneIsTold() {
    assertThat(
            SettingSources.unknown(
                Set.of(
                    "COFFER_DOCKER_SOCKETMODE",
                    "COFFER_SERVICE_HOST",
                    "COFFER_DOCKER_SOCKET_MODE",
                    "COFFER_CONFIG",
                    "COFFER_JAVA_OPTS",
                    "COFFER_TOKEN",
                    "COFFER_URL",
                    "COFFER_KEY_FILE",
                    "COFFER_DOCKER_PLAINTEXT_HOST",
                    "COFFERDAM",
                    "coffer_x",
                    "PATH")))
        .containsExactly("COFFER_DOCKER_SOCKETMODE", "COFFER_SERVICE_HOST");
  }
}
