package io.coffer.api.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.coffer.server.Answer;
import io.coffer.server.RunningCoffer;
import io.coffer.wire.iam.v1.ApiKey;
import io.coffer.wire.iam.v1.ApiKeyServiceGrpc;
import io.coffer.wire.iam.v1.CreateApiKeyRequest;
import io.coffer.wire.iam.v1.CreateApiKeyResponse;
import io.coffer.wire.iam.v1.DeleteApiKeyMetadata;
import io.coffer.wire.iam.v1.DeleteApiKeyRequest;
import io.coffer.wire.iam.v1.GetApiKeyRequest;
import io.coffer.wire.iam.v1.ListApiKeyScopesRequest;
import io.coffer.wire.iam.v1.ListApiKeysRequest;
import io.coffer.wire.iam.v1.UpdateApiKeyMetadata;
import io.coffer.wire.iam.v1.UpdateApiKeyRequest;
import io.coffer.wire.lockbox.v1.ListSecretsRequest;
import io.coffer.wire.lockbox.v1.SecretServiceGrpc;
import io.coffer.wire.operation.Operation;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** API keys over both transports: made, shown as a credential, and taken back. */
@Timeout(120)
final class ApiKeyServiceTest {
  private static final String KEYS = "/iam/v1/apiKeys";

  @TempDir private static Path home;
  private static RunningCoffer coffer;
  private static ClientFactory factory;
  private static ApiKeyServiceGrpc.ApiKeyServiceBlockingStub keys;

  @BeforeAll
  static void start() {
    coffer = RunningCoffer.start(home);
    factory =
        ClientFactory.builder()
            .tlsCustomizer(tls -> tls.trustManager(coffer.caCertificate().toFile()))
            .build();
    keys = stub(ApiKeyServiceGrpc.ApiKeyServiceBlockingStub.class, "Bearer " + coffer.token());
  }

  @AfterAll
  static void stop() {
    factory.close();
    coffer.close();
  }

  private static <T> T stub(Class<T> type, String authorization) {
    return GrpcClients.builder("gproto+" + coffer.url())
        .factory(factory)
        .addHeader("authorization", authorization)
        .build(type);
  }

  private static <M extends Message> M unpacked(Any any, Class<M> type) {
    try {
      return any.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static Answer post(String path, String body) {
    return coffer.rest().post(path, coffer.token(), body);
  }

  /** The id of an account that may all of Lockbox in the folder. */
  private static String account(String name) {
    String id =
        post(
                "/iam/v1/serviceAccounts",
                "{\"folderId\":\"" + coffer.folderId() + "\",\"name\":\"" + name + "\"}")
            .member("serviceAccountId");
    Answer granted =
        post(
            "/resource-manager/v1/folders/" + coffer.folderId() + ":updateAccessBindings",
            "{\"accessBindingDeltas\":[{\"action\":\"ADD\",\"accessBinding\":"
                + "{\"roleId\":\"lockbox.admin\",\"subject\":{\"type\":\"serviceAccount\","
                + "\"id\":\""
                + id
                + "\"}}}]}");
    assertThat(granted.status()).as(granted.body()).isEqualTo(200);
    return id;
  }

  private static Answer list(String authorization) {
    return coffer
        .rest()
        .send(
            coffer
                .rest()
                .request("/lockbox/v1/secrets?folderId=" + coffer.folderId(), "")
                .header("Authorization", authorization)
                .GET());
  }

  private static Status.Code listOverGrpc(String authorization) {
    try {
      var _ =
          stub(SecretServiceGrpc.SecretServiceBlockingStub.class, authorization)
              .list(ListSecretsRequest.newBuilder().setFolderId(coffer.folderId()).build());
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  @Test
  void aKeyIsACredentialOnBothTransportsUntilItIsGone() {
    String account = account("both");
    Answer created =
        post(KEYS, "{\"serviceAccountId\":\"" + account + "\",\"scopes\":[\"lockbox.viewer\"]}");
    assertThat(created.status()).as(created.body()).isEqualTo(200);
    String keyId = created.member("id");
    String header = "Api-Key " + created.member("secret");

    assertThat(list(header).status()).isEqualTo(200);
    assertThat(listOverGrpc(header)).isEqualTo(Status.Code.OK);
    Answer outOfScope =
        coffer
            .rest()
            .send(
                coffer
                    .rest()
                    .request("/lockbox/v1/secrets", "")
                    .header("Authorization", header)
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "{\"folderId\":\"" + coffer.folderId() + "\"}")));
    assertThat(outOfScope.status()).isEqualTo(403);
    Answer shown = coffer.rest().get(KEYS + "/" + keyId, coffer.token());
    assertThat(shown.body())
        .contains("\"maskedSecret\":\"cak1." + keyId + ".***", "\"scopes\":[\"lockbox.viewer\"]")
        .doesNotContain(created.member("secret"));

    Answer gone =
        coffer.rest().send(coffer.rest().request(KEYS + "/" + keyId, coffer.token()).DELETE());
    assertThat(gone.body()).contains("DeleteApiKeyMetadata", "google.protobuf.Empty");
    assertThat(list(header).status()).isEqualTo(401);
    assertThat(list(header).member("message")).isEqualTo("API key is invalid or has expired.");
    assertThat(listOverGrpc(header)).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  @SuppressWarnings("deprecation") // The one scope of earlier clients.
  void aKeyLives() {
    String account = account("lives");
    CreateApiKeyResponse created =
        keys.create(
            CreateApiKeyRequest.newBuilder()
                .setServiceAccountId(account)
                .setDescription("ci")
                .setScope("viewer")
                .build());
    ApiKey key = created.getApiKey();
    assertThat(created.getSecret()).startsWith("cak1." + key.getId() + ".");
    assertThat(key.getScopesList()).containsExactly("viewer");
    GetApiKeyRequest get = GetApiKeyRequest.newBuilder().setApiKeyId(key.getId()).build();
    assertThat(keys.get(get)).isEqualTo(key);
    assertThat(
            keys.list(ListApiKeysRequest.newBuilder().setServiceAccountId(account).build())
                .getApiKeysList())
        .containsExactly(key);

    Operation updated =
        keys.update(
            UpdateApiKeyRequest.newBuilder()
                .setApiKeyId(key.getId())
                .setUpdateMask(FieldMask.newBuilder().addPaths("description"))
                .setDescription("d")
                .build());
    assertThat(unpacked(updated.getMetadata(), UpdateApiKeyMetadata.class).getApiKeyId())
        .isEqualTo(key.getId());
    assertThat(unpacked(updated.getResponse(), ApiKey.class))
        .isEqualTo(key.toBuilder().setDescription("d").build());
    Operation deleted =
        keys.delete(DeleteApiKeyRequest.newBuilder().setApiKeyId(key.getId()).build());
    assertThat(unpacked(deleted.getMetadata(), DeleteApiKeyMetadata.class).getApiKeyId())
        .isEqualTo(key.getId());
    unpacked(deleted.getResponse(), Empty.class);
    assertThatThrownBy(() -> keys.get(get))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
  }

  @Test
  void theScopesAreTheRolesOnEitherPath() {
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      var page =
          keys.listScopes(
              ListApiKeyScopesRequest.newBuilder().setPageSize(5).setPageToken(token).build());
      seen.addAll(page.getScopesList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(seen).contains("lockbox.payloadViewer", "admin").doesNotHaveDuplicates();
    for (String path : List.of("/iam/v1/apiKeyScopes", KEYS + "/scopes")) {
      assertThat(coffer.rest().get(path, coffer.token()).body())
          .as(path)
          .contains("\"lockbox.payloadViewer\"");
    }
    assertThat(post(KEYS, "{\"scopes\":[\"lockbox.owner\"]}").status()).isEqualTo(400);
  }
}
