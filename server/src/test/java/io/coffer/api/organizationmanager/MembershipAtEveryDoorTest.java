package io.coffer.api.organizationmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.coffer.crypto.tls.CertificateRequest;
import io.coffer.crypto.tls.SubjectName;
import io.coffer.server.Answer;
import io.coffer.server.ClientIdentity;
import io.coffer.server.Raw;
import io.coffer.server.RunningCoffer;
import io.coffer.server.Setting;
import io.coffer.wire.lockbox.v1.ListSecretsRequest;
import io.coffer.wire.lockbox.v1.SecretServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who joins or leaves a group may, or may not, with his next call, whatever door he comes by. */
@Timeout(120)
final class MembershipAtEveryDoorTest {
  private static final String ALICE = "CN=alice,O=team";

  @TempDir private Path home = Path.of("");

  private static Answer post(RunningCoffer coffer, String path, String body) {
    Answer answer = coffer.rest().post(path, coffer.token(), body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private static String robot(RunningCoffer coffer) {
    return post(
            coffer,
            "/iam/v1/serviceAccounts",
            "{\"folderId\":\"" + coffer.folderId() + "\",\"name\":\"robot\"}")
        .member("serviceAccountId");
  }

  private static void grant(RunningCoffer coffer, String folderId, String groupId) {
    post(
        coffer,
        "/resource-manager/v1/folders/" + folderId + ":setAccessBindings",
        "{\"accessBindings\":[{\"roleId\":\"lockbox.viewer\",\"subject\":{\"id\":\""
            + groupId
            + "\",\"type\":\"group\"}}]}");
  }

  private static void members(RunningCoffer coffer, String groupId, String action, String robot) {
    post(
        coffer,
        "/organization-manager/v1/groups/" + groupId + ":updateMembers",
        "{\"memberDeltas\":[{\"action\":\"%s\",\"subjectId\":\"%s\"},".formatted(action, robot)
            + "{\"action\":\"%s\",\"subjectId\":\"%s\"}]}".formatted(action, ALICE));
  }

  private static ClientIdentity alice(RunningCoffer coffer) {
    try (CertificateRequest.Draft draft = CertificateRequest.draft(SubjectName.parse(ALICE))) {
      Answer answer =
          post(
              coffer,
              "/coffer/v1/clientCertificates",
              "{\"certificateRequest\":\"%s\"}".formatted(draft.pem().replace("\n", "\\n")));
      return ClientIdentity.of(
          answer.member("certificate").replace("\\n", "\n").replace("\\u003d", "="),
          draft.keyPem());
    }
  }

  private static boolean served(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isIn(200, 403);
    return answer.status() == 200;
  }

  private static boolean servedOverGrpc(
      SecretServiceGrpc.SecretServiceBlockingStub secrets, String folderId) {
    try {
      return secrets.list(ListSecretsRequest.newBuilder().setFolderId(folderId).build()) != null;
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
      return false;
    }
  }

  @Test
  void whoJoinsMayAndWhoLeavesMayNot() {
    try (RunningCoffer coffer =
            RunningCoffer.start(
                home,
                Map.of(
                    Setting.DOCKER_LISTEN,
                    "127.0.0.1:0",
                    Setting.DOCKER_PLAINTEXT_LISTEN,
                    "127.0.0.1:0"));
        ClientFactory factory =
            ClientFactory.builder()
                .tlsCustomizer(tls -> tls.trustManager(coffer.caCertificate().toFile()))
                .build()) {
      String robot = robot(coffer);
      String lent =
          post(
                  coffer,
                  "/iam/v1/tokens:createForServiceAccount",
                  "{\"serviceAccountId\":\"" + robot + "\"}")
              .member("iamToken");
      String apiKey =
          post(coffer, "/iam/v1/apiKeys", "{\"serviceAccountId\":\"" + robot + "\"}")
              .member("secret");
      String organizationId =
          coffer.rest().get("/resource-manager/v1/clouds", coffer.token()).member("organizationId");
      String groupId =
          post(
                  coffer,
                  "/organization-manager/v1/groups",
                  "{\"organizationId\":\"" + organizationId + "\",\"name\":\"readers\"}")
              .member("groupId");
      grant(coffer, coffer.folderId(), groupId);
      grant(coffer, coffer.dockerFolderId(), groupId);
      String list = "/lockbox/v1/secrets?folderId=" + coffer.folderId();
      SecretServiceGrpc.SecretServiceBlockingStub secrets =
          GrpcClients.builder("gproto+" + coffer.url())
              .factory(factory)
              .addHeader("authorization", "Bearer " + lent)
              .build(SecretServiceGrpc.SecretServiceBlockingStub.class);
      var alice = coffer.dockerOverTls(Optional.of(alice(coffer)));

      Map<String, BooleanSupplier> doors = new LinkedHashMap<>();
      doors.put("REST, token", () -> served(coffer.rest().get(list, lent)));
      doors.put(
          "REST, API key",
          () ->
              served(
                  Raw.ask(
                      coffer.plaintext(),
                      "GET " + list,
                      "Authorization: Api-Key " + apiKey + "\r\n",
                      "")));
      doors.put("gRPC, token", () -> servedOverGrpc(secrets, coffer.folderId()));
      doors.put(
          "Docker over TLS, token",
          () -> served(coffer.dockerOverTls().get("/v1.51/secrets", lent)));
      doors.put(
          "Docker without TLS, token",
          () ->
              served(
                  Raw.ask(
                      coffer.dockerPlaintext(),
                      "GET /v1.51/secrets",
                      "Authorization: Bearer " + lent + "\r\n",
                      "")));
      doors.put("Docker, certificate", () -> served(alice.get("/v1.51/secrets", "")));

      for (String change : List.of("", "ADD", "REMOVE", "ADD")) {
        if (!change.isEmpty()) {
          members(coffer, groupId, change, robot);
        }
        doors.forEach(
            (door, ask) -> assertThat(ask.getAsBoolean()).as(door).isEqualTo(change.equals("ADD")));
      }
      assertThat(
              coffer
                  .rest()
                  .send(
                      coffer
                          .rest()
                          .request("/organization-manager/v1/groups/" + groupId, coffer.token())
                          .DELETE())
                  .status())
          .isEqualTo(200);
      doors.forEach((door, ask) -> assertThat(ask.getAsBoolean()).as(door).isFalse());
    }
  }
}
