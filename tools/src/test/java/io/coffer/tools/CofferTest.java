package io.coffer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.coffer.server.CofferServer;
import io.coffer.server.Defaults;
import io.coffer.server.Logging;
import io.coffer.server.Setting;
import io.coffer.server.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands against a server that runs, and against none. */
@Timeout(120)
final class CofferTest {
  /** A quote in every path that is printed. */
  private static final String QUOTED = "o'clock $HOME";

  @TempDir private static Path home;
  private static Path data;
  private static Path seal;
  private static CofferServer server;

  @BeforeAll
  static void start() {
    data = home.resolve(QUOTED + "/data");
    seal = home.resolve(QUOTED + "/keys/seal.key");
    Settings settings =
        Settings.parse(
            Map.of(
                Setting.DATA_DIR,
                data.toString(),
                Setting.SEAL,
                "file:" + seal,
                Setting.LISTEN,
                "127.0.0.1:0"),
            Defaults.of(Map.of("HOME", home.toString())));
    Logging.start(settings.logFormat(), settings.logLevel());
    server = CofferServer.start(settings, Clock.systemUTC());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void envPrintsExportsThatAShellReadsBackAsTheyAre() throws IOException, InterruptedException {
    Typed typed = Typed.coffer("env", "--data-dir", data.toString());
    assertThat(typed.code()).as(typed.err()).isZero();
    assertThat(typed.err()).isEmpty();
    assertThat(typed.out().lines()).allMatch(line -> line.matches("export [A-Z_]+='.*'"));

    Process shell =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                typed.out()
                    + "printf '%s\\n' \"$DOCKER_HOST\" \"$COFFER_URL\" \"$COFFER_CACERT\""
                    + " \"$COFFER_FOLDER_ID\" \"$COFFER_DOCKER_FOLDER_ID\" \"$COFFER_KEY_FILE\""
                    + " \"$COFFER_TOKEN\"")
            .start();
    List<String> read =
        new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
    Map<String, String> connections = server.connections();
    assertThat(read.subList(0, 6))
        .containsExactly(
            "unix://" + data.resolve("docker.sock"),
            connections.get("COFFER_URL"),
            data.resolve("ca.pem").toString(),
            connections.get("COFFER_FOLDER_ID"),
            connections.get("COFFER_DOCKER_FOLDER_ID"),
            connections.get("COFFER_KEY_FILE"));
    assertThat(read.get(6)).matches("t1\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{86}");
  }

  @Test
  void tokenPrintsATokenAndNothingElse() {
    Typed typed = Typed.coffer("token", "--data-dir", data.toString());
    assertThat(typed.code()).isZero();
    assertThat(typed.out()).matches("t1\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{86}\n");
    assertThat(typed.err()).isEmpty();
  }

  @Test
  void auditVerifyReadsAStoreThatAServerHasOpen() {
    Typed typed =
        Typed.coffer("audit", "verify", "--data-dir", data.toString(), "--seal", "file:" + seal);
    assertThat(typed.code()).as(typed.err()).isZero();
    assertThat(typed.out())
        .matches("sound: \\d+ records in \\d+ blocks of \\d+ chains, the last \\d+ after .*\n");
    assertThat(typed.err()).isEmpty();
  }

  @Test
  void auditExportPrintsALineOfJsonForEachRecord() throws IOException {
    assertThat(Typed.coffer("token", "--data-dir", data.toString()).code()).isZero();
    Typed typed =
        Typed.coffer("audit", "export", "--data-dir", data.toString(), "--seal", "file:" + seal);
    assertThat(typed.code()).as(typed.err()).isZero();
    assertThat(typed.err()).isEmpty();
    List<String> types = new ArrayList<>();
    for (String line : typed.out().lines().toList()) {
      types.add(eventType(line));
    }
    assertThat(types)
        .contains("yandex.cloud.audit.iam.CreateIamToken")
        .anyMatch(type -> type.endsWith(".Initialize"))
        .allMatch(type -> !type.isEmpty());
  }

  @Test
  void aRoleIsGivenListedAndTaken() {
    String dir = data.toString();
    String subject = "certificate:CN=alice,O=team";
    for (String resource : new String[] {"folder:docker", "cloud:coffer"}) {
      Typed granted =
          Typed.coffer(
              "access",
              "grant",
              "certificate:CN=alice, O=team",
              "lockbox.editor",
              resource,
              "--data-dir",
              dir);
      assertThat(granted.code()).as(granted.err()).isZero();
      assertThat(Typed.coffer("access", "list", resource, "--data-dir", dir).out())
          .contains("lockbox.editor " + subject + "\n");
      assertThat(
              Typed.coffer(
                      "access", "revoke", subject, "lockbox.editor", resource, "--data-dir", dir)
                  .code())
          .isZero();
      assertThat(Typed.coffer("access", "list", resource, "--data-dir", dir).out())
          .doesNotContain("alice");
    }
  }

  @Test
  void aGrantThatCannotBeIsRefusedInWords() {
    assertRefused(2, "SUBJECT: must be TYPE:ID", "grant", "alice", "viewer", "folder:docker");
    assertRefused(2, "RESOURCE: must be folder:", "grant", "group:a", "viewer", "docker");
    assertRefused(
        2, "nothing was taken", "revoke", "certificate:CN=nobody", "viewer", "folder:docker");
    assertRefused(69, "there is no folder none", "grant", "group:a", "viewer", "folder:none");
    assertRefused(2, "must be a role that exists", "grant", "group:a", "owner", "folder:default");
    for (String none : new String[] {"secret:e6qnone", "key:abjnone", "account:ajenone"}) {
      assertRefused(69, "Permission denied|not found", "list", none);
    }
  }

  @Test
  void whatARoleComesToIsExplained() {
    String dir = data.toString();
    String[] asked = {
      "access", "explain", "certificate:CN=bob", "docker.secret.ls", "folder:docker"
    };
    List<String> typed = new ArrayList<>(List.of(asked));
    typed.addAll(List.of("--data-dir", dir));
    Typed before = Typed.coffer(typed.toArray(String[]::new));
    assertThat(before.code()).as(before.err()).isEqualTo(1);
    assertThat(before.out())
        .startsWith("denied: lockbox.secrets.list on resource-manager.folder b1g")
        .contains("nothing that is bound there permits it", "what would do: lockbox.auditor, ");

    Typed granted =
        Typed.coffer(
            "access", "grant", "certificate:CN=bob", "viewer", "cloud:coffer", "--data-dir", dir);
    assertThat(granted.code()).as(granted.err()).isZero();
    Typed after = Typed.coffer(typed.toArray(String[]::new));
    assertThat(after.code()).as(after.err()).isZero();
    assertThat(after.out())
        .startsWith("allowed: lockbox.secrets.list on resource-manager.folder b1g")
        .contains("viewer on b1g", ", bound to certificate:CN=bob");
    assertThat(
            Typed.coffer(
                    "access",
                    "revoke",
                    "certificate:CN=bob",
                    "viewer",
                    "cloud:coffer",
                    "--data-dir",
                    dir)
                .code())
        .isZero();

    assertRefused(2, "must be a method", "explain", "certificate:CN=b", "List", "folder:docker");
    assertRefused(
        2, "subject.type", "explain", "martian:b", "lockbox.Secret.List", "folder:docker");
    assertRefused(
        2, "must be cloud:ID", "explain", "certificate:CN=b", "lockbox.Secret.List", "x:y");
    assertRefused(
        69, "not found", "explain", "certificate:CN=b", "lockbox.Secret.Get", "secret:none");
  }

  private static void assertRefused(int code, String words, String... typed) {
    List<String> all = new ArrayList<>(List.of("access"));
    all.addAll(List.of(typed));
    all.addAll(List.of("--data-dir", data.toString()));
    Typed refused = Typed.coffer(all.toArray(String[]::new));
    assertThat(refused.code()).as(refused.err()).isEqualTo(code);
    assertThat(refused.err()).containsPattern(words).doesNotContain("\tat ");
  }

  @Test
  void aClientCertificateIsThreeFilesForItsOwnerOnly() throws IOException {
    Path out = home.resolve("docker certs");
    Typed made =
        Typed.coffer(
            "client-certificate",
            "CN=alice,O=team",
            "--out",
            out.toString(),
            "--data-dir",
            data.toString());
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out()).isEqualTo("certificate:CN=alice,O=team\n");
    assertThat(made.err()).contains("is valid until", "--docker-listen");
    for (String file : new String[] {"ca.pem", "cert.pem", "key.pem"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve(file))))
          .isEqualTo("rw-------");
    }
    assertThat(Files.readString(out.resolve("cert.pem"))).startsWith("-----BEGIN CERTIFICATE");
    String key = Files.readString(out.resolve("key.pem"));
    assertThat(key).startsWith("-----BEGIN PRIVATE KEY");
    assertThat(Files.readString(out.resolve("ca.pem")))
        .isEqualTo(Files.readString(data.resolve("ca.pem")));

    Typed again =
        Typed.coffer(
            "client-certificate", "bob", "--out", out.toString(), "--data-dir", data.toString());
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("a key is not overwritten");
    assertThat(Files.readString(out.resolve("key.pem"))).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "client-certificate a/b",
        "client-certificate CN=a",
        "client-certificate a --days 0",
        "client-certificate a --days 826",
      })
  void whatIsNoClientCertificateIsAMistake(String words) {
    Typed typed = Typed.coffer((words + " --data-dir " + home.resolve("x")).split(" ", -1));
    assertThat(typed.code()).as(typed.err()).isEqualTo(2);
    assertThat(typed.err()).startsWith("coffer: ").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"env", "token"})
  void withoutAServerACommandSaysSo(String command) {
    Path nowhere = home.resolve("nowhere");
    Typed typed = Typed.coffer(command, "--data-dir", nowhere.toString());
    assertThat(typed.code()).isEqualTo(69);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err())
        .isEqualTo("coffer: no server has started with the data directory " + nowhere + "\n");
  }

  @Test
  void aServerThatHasStoppedIsNamedByItsAddress() throws IOException {
    Path stopped = home.resolve("stopped");
    Files.createDirectories(stopped);
    Files.writeString(
        stopped.resolve("connect.properties"),
        Files.readString(data.resolve("connect.properties"))
            .replaceAll("COFFER_URL=.*", "COFFER_URL=https://127.0.0.1:1"));
    Typed typed = Typed.coffer("token", "--data-dir", stopped.toString());
    assertThat(typed.code()).isEqualTo(69);
    assertThat(typed.err())
        .startsWith("coffer: no server answers at https://127.0.0.1:1/iam/v1/tokens")
        .doesNotContain("\tat ");
  }

  @Test
  void auditOfADirectoryWithoutAStoreSaysSo() {
    Path empty = home.resolve("empty");
    Typed typed =
        Typed.coffer("audit", "verify", "--data-dir", empty.toString(), "--seal", "file:" + seal);
    assertThat(typed.code()).isEqualTo(69);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err()).isEqualTo("coffer: there is no store in " + empty + "\n");
  }

  @Test
  void auditWithoutTheSealKeyFailsWithASentence() {
    Typed typed =
        Typed.coffer(
            "audit", "verify", "--data-dir", data.toString(), "--seal", "file:" + home + "/no.key");
    assertThat(typed.code()).isEqualTo(69);
    assertThat(typed.err()).startsWith("coffer: ").contains("no.key").doesNotContain("\tat ");
  }

  @Test
  void everyWrongOptionIsToldAtOnceAndTheServerDoesNotStart() {
    Typed typed =
        Typed.coffer(
            "server",
            "--data-dir",
            home.resolve("never").toString(),
            "--seal",
            "hush-7f3a",
            "--listen",
            "hush-7f3a",
            "--log-level",
            "hush-7f3a");
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err())
        .isEqualTo(
            """
            coffer: --seal: must be file:PATH, passphrase, shares:K/N or pkcs11:MODULE?token=LABEL&key=LABEL&pin-file=PATH
            coffer: --listen: must be HOST:PORT
            coffer: --log-level: must be error or warn or info or debug
            """);
    assertThat(home.resolve("never")).doesNotExist();
  }

  @Test
  void aSecondServerIsRefusedWithASentence() {
    Typed typed =
        Typed.coffer(
            "server",
            "--data-dir",
            data.toString(),
            "--seal",
            "file:" + seal,
            "--listen",
            "127.0.0.1:0");
    assertThat(typed.code()).isEqualTo(69);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err())
        .contains("coffer: data directory is in use by this process, ")
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "--nonsense", "server --nonsense", "audit nonsense"})
  void anUnknownWordIsAUsageError(String words) {
    Typed typed = Typed.coffer(words.split(" ", -1));
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err()).contains("nonsense").doesNotContain("\tat ");
  }

  @Test
  void helpAndVersionAreAnswers() {
    Typed help = Typed.coffer("server", "--help");
    assertThat(help.code()).isZero();
    for (Setting setting : Setting.values()) {
      assertThat(help.out()).contains("--" + setting.option()).contains(setting.variable());
    }
    assertThat(Typed.coffer("--version").out()).startsWith("coffer ");
  }

  private static String eventType(String line) throws IOException {
    String type = "";
    try (JsonParser json = new JsonFactory().createParser(line)) {
      assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.VALUE_STRING
            && "event_type".equals(json.currentName())) {
          type = json.getText();
        }
      }
    }
    return type;
  }
}
