package io.coffer.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.conformance.CofferProcess;
import io.coffer.conformance.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The docker command, by every way into the Docker door. */
@Timeout(180)
class WaysInTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String LIST = "ID        NAME      DRIVER    CREATED   UPDATED\n";

  @AutoClose private static CofferProcess coffer;
  @TempDir private static Path certificates;
  @TempDir private Path config;

  @BeforeAll
  static void start() {
    DockerCommand.assumeFound(WaysInTest.class);
    coffer =
        CofferProcess.start(
            "--docker-listen", "127.0.0.1:0", "--docker-plaintext-listen", "127.0.0.1:0");
    for (String name : List.of("alice", "bob")) {
      ok(
          coffer.command(
              "client-certificate", name, "--out", certificates.resolve(name).toString()));
    }
    ok(
        coffer.command(
            "access", "grant", "certificate:CN=alice", "lockbox.editor", "folder:docker"));
  }

  @BeforeEach
  void configure() throws IOException {
    Files.writeString(config.resolve("config.json"), "{}");
  }

  private static void ok(Command done) {
    assertThat(done.exit()).as(done.stderr()).isZero();
  }

  private void token(String token) throws IOException {
    Files.writeString(
        config.resolve("config.json"),
        "{\"HttpHeaders\":{\"Authorization\":\"Bearer " + token + "\"}}");
  }

  private Command docker(Map<String, String> environment, String... words) {
    List<String> all = new ArrayList<>(List.of("docker"));
    all.addAll(List.of(words));
    Map<String, String> whole = new HashMap<>(environment);
    whole.put("DOCKER_CONFIG", config.toString());
    return Command.run(all, whole, config, "", PATIENCE);
  }

  private static Map<String, String> tls(Path folder) {
    return Map.of(
        "DOCKER_HOST", tlsHost(), "DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", folder.toString());
  }

  private static String tlsHost() {
    return coffer.environment().value("COFFER_DOCKER_TLS_HOST");
  }

  private static String file(String name, String file) {
    return certificates.resolve(name).resolve(file).toString();
  }

  private static void assertLists(Command done) {
    assertThat(done.stderr()).isEmpty();
    assertThat(done.stdout()).isEqualTo(LIST);
    assertThat(done.exit()).isZero();
  }

  @Test
  void aCertificateThatIsBoundIsServed() {
    assertLists(docker(tls(certificates.resolve("alice")), "secret", "ls"));
    assertLists(
        docker(
            Map.of(),
            "--tlsverify",
            "--tlscacert",
            file("alice", "ca.pem"),
            "--tlscert",
            file("alice", "cert.pem"),
            "--tlskey",
            file("alice", "key.pem"),
            "-H",
            tlsHost(),
            "secret",
            "ls"));
  }

  @Test
  void aCertificateThatIsNotBoundIsRefusedInWords() {
    Command refused = docker(tls(certificates.resolve("bob")), "secret", "ls");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.stdout()).isEmpty();
    assertThat(refused.stderr())
        .startsWith("Error response from daemon: rpc error: code = PermissionDenied desc = ");
  }

  @Test
  void withoutACertificateATokenLogsInAndWithoutEitherNobodyDoes() throws IOException {
    String[] list = {
      "--tlsverify", "--tlscacert", file("alice", "ca.pem"), "-H", tlsHost(), "secret", "ls"
    };
    Command nobody = docker(Map.of(), list);
    assertThat(nobody.exit()).isEqualTo(1);
    assertThat(nobody.stderr())
        .startsWith("Error response from daemon: rpc error: code = Unauthenticated desc = ");

    token(coffer.environment().token());
    assertLists(docker(Map.of(), list));
  }

  @Test
  void aTokenCountsBeforeTheCertificate() throws IOException {
    token("t1.made.up");
    Command refused = docker(tls(certificates.resolve("alice")), "secret", "ls");
    assertThat(refused.stderr()).contains("code = Unauthenticated");
    token(coffer.environment().token());
    assertLists(docker(tls(certificates.resolve("bob")), "secret", "ls"));
  }

  @Test
  void aCertificateOfAnotherAuthorityDoesNotShakeHands() {
    try (CofferProcess other = CofferProcess.start()) {
      Path theirs = certificates.resolve("theirs");
      ok(other.command("client-certificate", "alice", "--out", theirs.toString()));
      Command refused =
          docker(
              Map.of(),
              "--tlsverify",
              "--tlscacert",
              file("alice", "ca.pem"),
              "--tlscert",
              theirs.resolve("cert.pem").toString(),
              "--tlskey",
              theirs.resolve("key.pem").toString(),
              "-H",
              tlsHost(),
              "secret",
              "ls");
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.stderr())
          .contains("error during connect", "remote error: tls: unknown certificate authority");

      Command unbelieved = docker(tls(theirs), "secret", "ls");
      assertThat(unbelieved.stderr()).contains("x509: certificate signed by unknown authority");
    }
  }

  @Test
  void withoutTlsATokenIsAskedFor() throws IOException {
    Map<String, String> plain =
        Map.of("DOCKER_HOST", coffer.environment().value("COFFER_DOCKER_PLAINTEXT_HOST"));
    assertThat(docker(plain, "secret", "ls").stderr()).contains("code = Unauthenticated");
    token(coffer.environment().token());
    assertLists(docker(plain, "secret", "ls"));
  }

  @Test
  void aContextOfEachKindWorks() throws IOException {
    assertContext("socket", "host=" + coffer.environment().dockerHost());
    assertContext(
        "certificate",
        "host=%s,ca=%s,cert=%s,key=%s"
            .formatted(
                tlsHost(),
                file("alice", "ca.pem"),
                file("alice", "cert.pem"),
                file("alice", "key.pem")));
    token(coffer.environment().token());
    assertContext("token", "host=%s,ca=%s".formatted(tlsHost(), file("alice", "ca.pem")));
    assertContext(
        "plaintext", "host=" + coffer.environment().value("COFFER_DOCKER_PLAINTEXT_HOST"));
  }

  private void assertContext(String name, String endpoint) {
    Command made = docker(Map.of(), "context", "create", name, "--docker", endpoint);
    assertThat(made.stdout()).isEqualTo(name + "\n");
    assertThat(made.exit()).isZero();
    assertLists(docker(Map.of(), "--context", name, "secret", "ls"));
  }
}
