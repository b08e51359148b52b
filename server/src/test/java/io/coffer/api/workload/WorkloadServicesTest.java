package io.coffer.api.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.coffer.server.Answer;
import io.coffer.wire.access.ListAccessBindingsRequest;
import io.coffer.wire.iam.v1.workload.CreateFederatedCredentialMetadata;
import io.coffer.wire.iam.v1.workload.CreateFederatedCredentialRequest;
import io.coffer.wire.iam.v1.workload.DeleteFederatedCredentialMetadata;
import io.coffer.wire.iam.v1.workload.DeleteFederatedCredentialRequest;
import io.coffer.wire.iam.v1.workload.FederatedCredential;
import io.coffer.wire.iam.v1.workload.FederatedCredentialServiceGrpc;
import io.coffer.wire.iam.v1.workload.GetFederatedCredentialRequest;
import io.coffer.wire.iam.v1.workload.ListFederatedCredentialsRequest;
import io.coffer.wire.iam.v1.workload.oidc.CreateFederationMetadata;
import io.coffer.wire.iam.v1.workload.oidc.CreateFederationRequest;
import io.coffer.wire.iam.v1.workload.oidc.DeleteFederationMetadata;
import io.coffer.wire.iam.v1.workload.oidc.DeleteFederationRequest;
import io.coffer.wire.iam.v1.workload.oidc.Federation;
import io.coffer.wire.iam.v1.workload.oidc.FederationServiceGrpc;
import io.coffer.wire.iam.v1.workload.oidc.GetFederationRequest;
import io.coffer.wire.iam.v1.workload.oidc.ListFederationsRequest;
import io.coffer.wire.iam.v1.workload.oidc.UpdateFederationMetadata;
import io.coffer.wire.iam.v1.workload.oidc.UpdateFederationRequest;
import io.coffer.wire.operation.Operation;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Federations and federated credentials, over REST and gRPC, in the forms of Yandex Cloud. */
@Timeout(120)
final class WorkloadServicesTest {
  private static final String FEDERATIONS = "/iam/v1/workload/oidc/federations";
  private static final String CREDENTIALS = "/iam/v1/workload/federatedCredentials";

  @TempDir private static Path home;
  private static Workshop shop;

  @BeforeAll
  static void start() {
    shop = new Workshop(home, Map.of());
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  private static Answer post(String path, String body) {
    return shop.coffer().rest().post(path, shop.coffer().token(), body);
  }

  private static Answer get(String path) {
    return shop.coffer().rest().get(path, shop.coffer().token());
  }

  @Test
  void aFederationLivesOverRest() {
    Answer made =
        post(
            FEDERATIONS,
            ("{\"folderId\":\"%s\",\"name\":\"rest\",\"description\":\"d\",\"audiences\":[\"a\",\"b\"],"
                    + "\"issuer\":\"https://i\",\"jwks_url\":\"https://i/k\",\"labels\":{\"l\":\"v\"}}")
                .formatted(shop.coffer().folderId()));
    assertThat(made.form())
        .isEqualTo(
            "{\"id\":\"<id>\",\"description\":\"Create federation\",\"createdAt\":\"<ns>\","
                + "\"createdBy\":\"<id>\",\"modifiedAt\":\"<ns>\",\"done\":true,"
                + "\"metadata\":{\"@type\":\"type.googleapis.com/"
                + "yandex.cloud.iam.v1.workload.oidc.CreateFederationMetadata\","
                + "\"federationId\":\"<id>\"},"
                + "\"response\":{\"@type\":\"type.googleapis.com/"
                + "yandex.cloud.iam.v1.workload.oidc.Federation\",\"id\":\"<id>\","
                + "\"name\":\"rest\",\"folderId\":\"<id>\",\"description\":\"d\",\"enabled\":true,"
                + "\"audiences\":[\"a\",\"b\"],\"issuer\":\"https://i\",\"jwksUrl\":\"https://i/k\","
                + "\"labels\":{\"l\":\"v\"},\"createdAt\":\"<ms>\"}}");
    String id = made.member("federationId");
    String path = FEDERATIONS + "/" + id;
    assertThat(made.body()).contains(get(path).body().substring(1));
    assertThat(get(FEDERATIONS + "?folderId=" + shop.coffer().folderId()).body()).contains(id);
    Answer changed = shop.send("PATCH", path, "{\"updateMask\":\"disabled\",\"disabled\":true}");
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(get(path).body()).contains("\"enabled\":false", "https://i/k", "\"rest\"");
    Answer bound =
        post(
            path + ":setAccessBindings",
            "{\"accessBindings\":[{\"roleId\":\"iam.workloadIdentityFederations.user\",\"subject\":"
                + "{\"id\":\"ajesomebody\",\"type\":\"serviceAccount\"}}]}");
    assertThat(bound.body()).contains("yandex.cloud.access.AccessBindingsOperationResult");
    assertThat(get(path + ":listAccessBindings").body())
        .contains("iam.workloadIdentityFederations.user");
    Answer gone = shop.send("DELETE", path, "");
    assertThat(gone.body()).contains("DeleteFederationMetadata", "google.protobuf.Empty");
    assertThat(get(path).status()).isEqualTo(404);
    assertThat(get("/operations/" + gone.member("id")).body()).isEqualTo(gone.body());
  }

  @Test
  void whatIsAskedForWronglyIsAnInvalidArgument() {
    String good =
        "{\"folderId\":\"%s\",\"name\":\"bad\",\"audiences\":[\"a\"],\"issuer\":\"i\",\"jwksUrl\":\"https://i/k\"}"
            .formatted(shop.coffer().folderId());
    for (String body :
        new String[] {
          good.replace("\"bad\"", "\"Bad\""),
          good.replace("\"bad\"", "\"\""),
          good.replace("[\"a\"]", "[]"),
          good.replace("[\"a\"]", "[\"" + "a".repeat(256) + "\"]"),
          good.replace("[\"a\"]", "[" + "\"a\",".repeat(100) + "\"a\"]"),
          good.replace("\"i\"", "\"\""),
          good.replace("\"i\"", "\"" + "i".repeat(8001) + "\""),
          good.replace("https://i/k", ""),
          good.replace("https://i/k", "http://i/k"),
          good.replace("https://i/k", "file:/etc/passwd"),
          good.replace("https://i/k", "https://169.254.169.254/k"),
          good.replace("https://i/k", "https://i/" + "k".repeat(8000)),
          good.replace("\"name\"", "\"description\":\"" + "d".repeat(257) + "\",\"name\""),
        }) {
      assertThat(post(FEDERATIONS, body).status()).as(body).isEqualTo(400);
    }
    String federation = shop.federation("for-credentials", "https://i", "a", "https://i/k");
    String account = shop.account("for-credentials");
    for (String subject : new String[] {"", "*", "repo:*", "s".repeat(1001)}) {
      Answer answer =
          post(
              CREDENTIALS,
              "{\"serviceAccountId\":\"%s\",\"federationId\":\"%s\",\"externalSubjectId\":\"%s\"}"
                  .formatted(account, federation, subject));
      assertThat(answer.status()).as(subject).isEqualTo(400);
    }
    assertThat(
            shop.send("PATCH", FEDERATIONS + "/" + federation, "{\"updateMask\":\"issuer\"}")
                .status())
        .isEqualTo(400);
  }

  private static <M extends Message> M unpacked(Any any, Class<M> type) {
    try {
      return any.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void bothLiveOverGrpc() {
    var federations =
        shop.stub(FederationServiceGrpc.FederationServiceBlockingStub.class, shop.coffer().token());
    var credentials =
        shop.stub(
            FederatedCredentialServiceGrpc.FederatedCredentialServiceBlockingStub.class,
            shop.coffer().token());
    Operation made =
        federations.create(
            CreateFederationRequest.newBuilder()
                .setFolderId(shop.coffer().folderId())
                .setName("grpc")
                .setDisabled(true)
                .addAudiences("a")
                .setIssuer("https://i")
                .setJwksUrl("https://i/k")
                .build());
    Federation federation = unpacked(made.getResponse(), Federation.class);
    String id = unpacked(made.getMetadata(), CreateFederationMetadata.class).getFederationId();
    assertThat(federation.getId()).isEqualTo(id);
    assertThat(federation.getEnabled()).isFalse();
    assertThat(federations.get(GetFederationRequest.newBuilder().setFederationId(id).build()))
        .isEqualTo(federation);
    assertThat(
            federations
                .list(
                    ListFederationsRequest.newBuilder()
                        .setFolderId(shop.coffer().folderId())
                        .build())
                .getFederationsList())
        .contains(federation);
    Operation changed =
        federations.update(
            UpdateFederationRequest.newBuilder()
                .setFederationId(id)
                .setUpdateMask(FieldMask.newBuilder().addPaths("jwks_url"))
                .setJwksUrl("https://i/new")
                .build());
    assertThat(unpacked(changed.getMetadata(), UpdateFederationMetadata.class).getFederationId())
        .isEqualTo(id);
    assertThat(unpacked(changed.getResponse(), Federation.class))
        .isEqualTo(federation.toBuilder().setJwksUrl("https://i/new").build());
    assertThat(
            federations
                .listAccessBindings(
                    ListAccessBindingsRequest.newBuilder().setResourceId(id).build())
                .getAccessBindingsList())
        .isEmpty();

    String account = shop.account("grpc");
    Operation bound =
        credentials.create(
            CreateFederatedCredentialRequest.newBuilder()
                .setServiceAccountId(account)
                .setFederationId(id)
                .setExternalSubjectId("s")
                .build());
    FederatedCredential credential = unpacked(bound.getResponse(), FederatedCredential.class);
    assertThat(
            unpacked(bound.getMetadata(), CreateFederatedCredentialMetadata.class)
                .getFederatedCredentialId())
        .isEqualTo(credential.getId());
    assertThat(
            credentials.get(
                GetFederatedCredentialRequest.newBuilder()
                    .setFederatedCredentialId(credential.getId())
                    .build()))
        .isEqualTo(credential);
    assertThat(
            credentials
                .list(
                    ListFederatedCredentialsRequest.newBuilder()
                        .setServiceAccountId(account)
                        .build())
                .getFederatedCredentialsList())
        .containsExactly(credential);
    Operation unbound =
        credentials.delete(
            DeleteFederatedCredentialRequest.newBuilder()
                .setFederatedCredentialId(credential.getId())
                .build());
    unpacked(unbound.getMetadata(), DeleteFederatedCredentialMetadata.class);
    unpacked(unbound.getResponse(), Empty.class);
    Operation gone =
        federations.delete(DeleteFederationRequest.newBuilder().setFederationId(id).build());
    unpacked(gone.getMetadata(), DeleteFederationMetadata.class);
    unpacked(gone.getResponse(), Empty.class);
  }
}
