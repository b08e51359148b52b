package io.coffer.api.docker.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.crypto.SeededEntropy;
import io.coffer.crypto.tls.CertificateAuthority;
import io.coffer.crypto.tls.CertificateRequest;
import io.coffer.crypto.tls.ServerCertificate;
import io.coffer.crypto.tls.SubjectName;
import io.coffer.server.Answer;
import io.coffer.server.AuditReader;
import io.coffer.server.ClientIdentity;
import io.coffer.server.Raw;
import io.coffer.server.Rest;
import io.coffer.server.RunningCoffer;
import io.coffer.server.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Docker door for clients that show a certificate, and without TLS for those with a token. */
final class DockerByCertificateTest {
  @TempDir private Path home = Path.of("");

  private static void grant(RunningCoffer coffer, String action, String subject) {
    Answer answer =
        coffer
            .rest()
            .post(
                "/resource-manager/v1/folders/" + coffer.dockerFolderId() + ":updateAccessBindings",
                coffer.token(),
                """
                {"accessBindingDeltas":[{"action":"%s","accessBinding":{"roleId":"lockbox.editor",
                  "subject":{"type":"certificate","id":"%s"}}}]}\
                """
                    .formatted(action, subject));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void aCertificateIsItsSubjectWhoMayWhatIsBoundToIt() {
    List<String> records = new ArrayList<>();
    try (RunningCoffer coffer =
        RunningCoffer.start(home, Map.of(Setting.DOCKER_LISTEN, "127.0.0.1:0"))) {
      ClientIdentity alice = ClientIdentity.issuedBy(coffer, "CN=alice,O=team");
      Rest door = coffer.dockerOverTls(Optional.of(alice));

      Answer unbound = door.get("/v1.51/secrets", "");
      assertThat(unbound.status()).isEqualTo(403);
      assertThat(unbound.body()).contains("code = PermissionDenied");
      grant(coffer, "ADD", "CN=alice, O=team");
      assertThat(door.get("/v1.51/secrets", "").status()).isEqualTo(200);
      assertThat(
              door.post(
                      "/v1.51/secrets/create",
                      "",
                      "application/json",
                      "{\"Name\":\"hers\",\"Data\":\"dmFsdWU=\"}")
                  .status())
          .isEqualTo(201);
      grant(coffer, "REMOVE", "CN=alice,O=team");
      assertThat(door.get("/v1.51/secrets", "").status()).isEqualTo(403);

      // A token counts before the certificate, and alone.
      assertThat(door.get("/v1.51/secrets", coffer.token()).status()).isEqualTo(200);
      grant(coffer, "ADD", "CN=alice,O=team");
      assertThat(door.get("/v1.51/secrets", "t1.made.up").status()).isEqualTo(401);
      // And without either nobody is served.
      assertThat(coffer.dockerOverTls().get("/v1.51/secrets", "").status()).isEqualTo(401);

      AuditReader.walk(coffer.settings(), records::add);
    }
    assertThat(records)
        .filteredOn(line -> line.contains("io.coffer.audit.docker.CreateSecret"))
        .singleElement()
        .asString()
        .contains("\"via\":\"certificate\"", "CN=alice,O=team");
    assertThat(records)
        .filteredOn(line -> line.contains("io.coffer.audit.docker.ListSecrets"))
        .hasSize(2)
        .allMatch(line -> line.contains("\"authorized\":false"));
    assertThat(records)
        .filteredOn(line -> line.contains("CreateClientCertificate"))
        .singleElement()
        .asString()
        .contains("CN=alice,O=team");
  }

  @Test
  void onlyAValidClientCertificateOfATrustedAuthorityShakesHands() throws IOException {
    CertificateAuthority trusted =
        CertificateAuthority.fresh("11111111", InstantSource.system(), new SeededEntropy(1));
    CertificateAuthority other =
        CertificateAuthority.fresh("22222222", InstantSource.system(), new SeededEntropy(2));
    Path file = home.resolve("clients.pem");
    Files.writeString(file, trusted.certificatePem());
    Instant now = Instant.now();
    try (RunningCoffer coffer =
        RunningCoffer.start(
            home,
            Map.of(
                Setting.DOCKER_LISTEN, "127.0.0.1:0", Setting.DOCKER_CLIENT_CA, file.toString()))) {
      grant(coffer, "ADD", "CN=localhost");
      assertThat(ask(coffer, signed(trusted, now)).status()).isEqualTo(200);

      assertNoHandshake(coffer, signed(other, now));
      assertNoHandshake(coffer, signed(trusted, now.minus(Duration.ofDays(2))));
      assertNoHandshake(coffer, signed(trusted, now.plus(Duration.ofDays(2))));
      // The built-in authority is not asked any more.
      assertNoHandshake(coffer, ClientIdentity.issuedBy(coffer, "CN=localhost"));
      try (ServerCertificate server = trusted.issue(List.of("localhost"))) {
        assertNoHandshake(coffer, ClientIdentity.of(server.chainPem(), server.keyPem()));
      }
    }
  }

  private static ClientIdentity signed(CertificateAuthority authority, Instant from) {
    try (CertificateRequest.Draft draft =
        CertificateRequest.draft(SubjectName.parse("CN=localhost"))) {
      return ClientIdentity.of(
          authority.issue(CertificateRequest.parse(draft.pem()), from, Duration.ofDays(1)).pem(),
          draft.keyPem());
    }
  }

  private static Answer ask(RunningCoffer coffer, ClientIdentity identity) {
    return coffer.dockerOverTls(Optional.of(identity)).get("/v1.51/secrets", "");
  }

  private static void assertNoHandshake(RunningCoffer coffer, ClientIdentity identity) {
    assertThatThrownBy(() -> ask(coffer, identity)).isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(
            () -> coffer.dockerOverTls(Optional.of(identity)).get("/v1.51/secrets", coffer.token()))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void withoutTlsATokenIsAskedForAsAPortIsOpenToEveryUserOfTheMachine() {
    try (RunningCoffer coffer =
        RunningCoffer.start(home, Map.of(Setting.DOCKER_PLAINTEXT_LISTEN, "127.0.0.1:0"))) {
      assertThat(Raw.ask(coffer.dockerPlaintext(), "GET /_ping", "", "").body()).isEqualTo("OK");
      assertThat(Raw.ask(coffer.dockerPlaintext(), "GET /secrets", "", "").status()).isEqualTo(401);
      assertThat(
              Raw.ask(
                      coffer.dockerPlaintext(),
                      "GET /secrets",
                      "Authorization: Bearer " + coffer.token() + "\r\n",
                      "")
                  .status())
          .isEqualTo(200);
    }
  }
}
