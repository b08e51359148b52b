package io.coffer.api.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.coffer.server.Answer;
import io.coffer.server.AuditReader;
import io.coffer.server.ClientIdentity;
import io.coffer.server.Rest;
import io.coffer.server.RunningCoffer;
import io.coffer.server.Setting;
import io.coffer.wire.lockbox.v1.GetPayloadRequest;
import io.coffer.wire.lockbox.v1.PayloadServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Callers who show a certificate at the door of Yandex Cloud's clients, by either transport. */
@Timeout(120)
final class CallersByCertificateTest {
  @TempDir private Path home = Path.of("");

  private static String secret(RunningCoffer coffer) {
    Answer made =
        coffer
            .rest()
            .post(
                "/lockbox/v1/secrets",
                coffer.token(),
                "{\"folderId\":\"%s\",\"versionPayloadEntries\":[{\"key\":\"k\",\"textValue\":\"v\"}]}"
                    .formatted(coffer.folderId()));
    assertThat(made.status()).as(made.body()).isEqualTo(200);
    return made.member("secretId");
  }

  private static void grant(RunningCoffer coffer, String secretId, String subject) {
    Answer answer =
        coffer
            .rest()
            .post(
                "/lockbox/v1/secrets/" + secretId + ":updateAccessBindings",
                coffer.token(),
                """
                {"accessBindingDeltas":[{"action":"ADD","accessBinding":{
                  "roleId":"lockbox.payloadViewer","subject":{"type":"certificate","id":"%s"}}}]}\
                """
                    .formatted(subject));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private static String overGrpc(
      RunningCoffer coffer, ClientIdentity identity, String authorization, String secretId) {
    try (ClientFactory factory =
        ClientFactory.builder()
            .tlsCustomizer(tls ->
                tls.trustManager(coffer.caCertificate().toFile())
                    .keyManager(identity.managers()[0]))
            .build()) {
      var client = GrpcClients.builder("gproto+" + coffer.url()).factory(factory);
      if (!authorization.isEmpty()) {
        client.addHeader("authorization", authorization);
      }
      return client
          .build(PayloadServiceGrpc.PayloadServiceBlockingStub.class)
          .get(GetPayloadRequest.newBuilder().setSecretId(secretId).build())
          .getEntries(0)
          .getTextValue();
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode().name();
    }
  }

  @Test
  void aCertificateReadsWhatIsBoundToItsSubjectAndNothingElse() {
    List<String> records = new ArrayList<>();
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      ClientIdentity alice = ClientIdentity.issuedBy(coffer, "CN=alice,O=team");
      String secretId = secret(coffer);
      String path = "/lockbox/v1/secrets/" + secretId + "/payload";

      assertThat(coffer.rest(alice).get(path, "").status()).isEqualTo(403);
      assertThat(overGrpc(coffer, alice, "", secretId))
          .isEqualTo(Status.Code.PERMISSION_DENIED.name());

      grant(coffer, secretId, "CN=alice,O=team");
      Answer read = coffer.rest(alice).get(path, "");
      assertThat(read.status()).as(read.body()).isEqualTo(200);
      assertThat(read.member("textValue")).isEqualTo("v");
      assertThat(overGrpc(coffer, alice, "", secretId)).isEqualTo("v");

      ClientIdentity bob = ClientIdentity.issuedBy(coffer, "CN=bob,O=team");
      assertThat(coffer.rest(bob).get(path, "").status()).isEqualTo(403);
      // Who shows nothing is nobody still.
      assertThat(coffer.rest().get(path, "").status()).isEqualTo(401);
      AuditReader.walk(coffer.settings(), records::add);
    }
    assertThat(records)
        .filteredOn(line -> line.contains("GetPayload") && line.contains("\"authorized\":true"))
        .hasSize(2)
        .allMatch(
            line -> line.contains("\"via\":\"certificate\"") && line.contains("CN=alice,O=team"));
  }

  @ParameterizedTest
  @CsvSource({"Origin, https://elsewhere.example", "Sec-Fetch-Site, cross-site"})
  void aPageInABrowserThatShowsTheCertificateUnaskedIsNobody(String header, String value) {
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      ClientIdentity alice = ClientIdentity.issuedBy(coffer, "CN=alice");
      String secretId = secret(coffer);
      grant(coffer, secretId, "CN=alice");
      Rest rest = coffer.rest(alice);
      String path = "/lockbox/v1/secrets/" + secretId + "/payload";

      assertThat(rest.get(path, "").status()).isEqualTo(200);
      assertThat(rest.send(rest.request(path, "").header(header, value).GET()).status())
          .isEqualTo(401);
    }
  }

  @Test
  void aTokenCountsBeforeTheCertificateAndAlone() {
    try (RunningCoffer coffer = RunningCoffer.start(home)) {
      ClientIdentity alice = ClientIdentity.issuedBy(coffer, "CN=alice");
      String secretId = secret(coffer);
      String path = "/lockbox/v1/secrets/" + secretId + "/payload";
      assertThat(coffer.rest(alice).get(path, coffer.token()).status()).isEqualTo(200);
      assertThat(overGrpc(coffer, alice, "Bearer " + coffer.token(), secretId)).isEqualTo("v");
      grant(coffer, secretId, "CN=alice");
      assertThat(coffer.rest(alice).get(path, "t1.made.up").status()).isEqualTo(401);
      assertThat(overGrpc(coffer, alice, "Bearer t1.made.up", secretId))
          .isEqualTo(Status.Code.UNAUTHENTICATED.name());
    }
  }

  @Test
  void whereOneIsRequiredATokenAloneDoesNotGetInAtEitherDoor() {
    Map<Setting, String> docker = Map.of(Setting.DOCKER_LISTEN, "127.0.0.1:0");
    ClientIdentity alice;
    String token;
    try (RunningCoffer coffer = RunningCoffer.start(home, docker)) {
      alice = ClientIdentity.issuedBy(coffer, "CN=alice");
      token = coffer.token();
      assertThat(coffer.dockerOverTls().get("/secrets", token).status()).isEqualTo(200);
    }
    try (RunningCoffer coffer =
        RunningCoffer.start(
            home, Map.of(Setting.DOCKER_LISTEN, "127.0.0.1:0", Setting.CLIENT_AUTH, "required"))) {
      assertThat(
              coffer
                  .rest(alice)
                  .get("/lockbox/v1/secrets?folderId=" + coffer.folderId(), token)
                  .status())
          .isEqualTo(200);
      assertThat(coffer.dockerOverTls(Optional.of(alice)).get("/secrets", token).status())
          .isEqualTo(200);
      assertThatThrownBy(() -> coffer.rest().get("/endpoints", token))
          .isInstanceOf(UncheckedIOException.class);
      assertThatThrownBy(() -> coffer.dockerOverTls().get("/secrets", token))
          .isInstanceOf(UncheckedIOException.class);
    }
  }
}
