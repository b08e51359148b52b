package io.coffer.api.resourcemanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import com.google.protobuf.FieldMask;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.coffer.server.Answer;
import io.coffer.server.Rest;
import io.coffer.server.RunningCoffer;
import io.coffer.wire.operation.Operation;
import io.coffer.wire.resourcemanager.v1.CreateFolderMetadata;
import io.coffer.wire.resourcemanager.v1.CreateFolderRequest;
import io.coffer.wire.resourcemanager.v1.DeleteFolderMetadata;
import io.coffer.wire.resourcemanager.v1.DeleteFolderRequest;
import io.coffer.wire.resourcemanager.v1.Folder;
import io.coffer.wire.resourcemanager.v1.FolderServiceGrpc;
import io.coffer.wire.resourcemanager.v1.GetFolderRequest;
import io.coffer.wire.resourcemanager.v1.UpdateFolderRequest;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clouds, folders and their bindings over REST. */
final class ResourceManagerTest {
  private static final String FOLDERS = "/resource-manager/v1/folders";
  private static final String CLOUDS = "/resource-manager/v1/clouds";

  @TempDir private static Path home = Path.of("");
  @AutoClose private static RunningCoffer coffer;

  @BeforeAll
  static void start() {
    coffer = RunningCoffer.start(home);
  }

  private static Answer get(String path) {
    return coffer.rest().get(path, coffer.token());
  }

  @Test
  void foldersAndCloudsAreReadInTheFormOfTheirService() {
    Answer clouds = get(CLOUDS);
    assertThat(clouds.form())
        .isEqualTo(
            "{\"clouds\":[{\"id\":\"<id>\",\"createdAt\":\"<ms>\",\"name\":\"coffer\","
                + "\"organizationId\":\"<id>\"}]}");
    assertThat(clouds.member("organizationId")).isEqualTo(clouds.member("id"));
    String cloudId = clouds.member("id");
    assertThat(get(CLOUDS + "/" + cloudId).member("name")).isEqualTo("coffer");
    Answer docker = get(FOLDERS + "?cloudId=" + cloudId + "&filter=name%20%3D%20%22docker%22");
    assertThat(docker.form())
        .isEqualTo(
            "{\"folders\":[{\"id\":\"<id>\",\"cloudId\":\"<id>\",\"createdAt\":\"<ms>\","
                + "\"name\":\"docker\",\"status\":\"ACTIVE\"}]}");
    assertThat(docker.member("id")).isEqualTo(coffer.dockerFolderId());
    assertThat(get(FOLDERS + "/" + coffer.folderId()).member("name")).isEqualTo("default");
    assertThat(get(FOLDERS + "?cloudId=" + cloudId + "&filter=id%3D1").status()).isEqualTo(400);
    assertThat(get(FOLDERS + "/b1gnone").status()).isEqualTo(404);
  }

  @Test
  void aGrantOnAFolderIsAnOperationWithWhatItChanged() {
    Rest rest = coffer.rest();
    String path = FOLDERS + "/" + coffer.dockerFolderId();
    Answer granted =
        rest.post(
            path + ":updateAccessBindings",
            coffer.token(),
            """
            {"accessBindingDeltas":[{"action":"ADD","accessBinding":{"roleId":"lockbox.editor",
              "subject":{"type":"certificate","id":"CN=alice, O=team"}}}]}\
            """);
    assertThat(granted.status()).isEqualTo(200);
    String binding =
        "{\"roleId\":\"lockbox.editor\",\"subject\":{\"id\":\"CN\\u003dalice,O\\u003dteam\","
            + "\"type\":\"certificate\"}}";
    assertThat(granted.body())
        .contains(
            "\"metadata\":{\"@type\":\"type.googleapis.com/yandex.cloud.access"
                + ".UpdateAccessBindingsMetadata\",\"resourceId\":\""
                + coffer.dockerFolderId()
                + "\"}",
            "\"response\":{\"@type\":\"type.googleapis.com/yandex.cloud.access"
                + ".AccessBindingsOperationResult\",\"effectiveDeltas\":[{\"action\":\"ADD\","
                + "\"accessBinding\":"
                + binding
                + "}]}");
    assertThat(get("/operations/" + granted.member("id")).body()).isEqualTo(granted.body());
    assertThat(get(path + ":listAccessBindings").body())
        .isEqualTo("{\"accessBindings\":[" + binding + "]}");

    Answer set = rest.post(path + ":setAccessBindings", coffer.token(), "{\"accessBindings\":[]}");
    assertThat(set.status()).isEqualTo(200);
    assertThat(get(path + ":listAccessBindings").body()).isEqualTo("{}");
  }

  @Test
  void bindingsOfASecretAnswerWithNothing() {
    Answer made =
        coffer
            .rest()
            .post(
                "/lockbox/v1/secrets",
                coffer.token(),
                "{\"folderId\":\"%s\",\"createVersion\":false}".formatted(coffer.folderId()));
    Answer set =
        coffer
            .rest()
            .post(
                "/lockbox/v1/secrets/" + made.member("secretId") + ":setAccessBindings",
                coffer.token(),
                """
                {"accessBindings":[{"roleId":"viewer","subject":
                  {"type":"system","id":"allUsers"}}]}\
                """);
    assertThat(set.body())
        .contains("\"response\":{\"@type\":\"type.googleapis.com/google.protobuf.Empty\"");
  }

  private static Answer post(String path, String body) {
    Answer answer = coffer.rest().post(path, coffer.token(), body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private static Answer send(String method, String path, String body) {
    return coffer
        .rest()
        .send(
            coffer
                .rest()
                .request(path, coffer.token())
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  private static Answer deleted(String path) {
    Answer answer = send("DELETE", path, "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  /** As {@code yc} and Terraform go about it: by name, through the filter, and then by id. */
  @Test
  void aFolderLivesFromItsNameToItsEnd() {
    String cloudId = get(CLOUDS + "?filter=name%3D%22coffer%22").member("id");
    Answer made =
        post(
            FOLDERS,
            """
            {"cloudId":"%s","name":"team","description":"ours","labels":{"a":"b"}}\
            """
                .formatted(cloudId));
    assertThat(made.form())
        .isEqualTo(
            "{\"id\":\"<id>\",\"description\":\"Create folder\",\"createdAt\":\"<ns>\","
                + "\"createdBy\":\"<id>\",\"modifiedAt\":\"<ns>\",\"done\":true,"
                + "\"metadata\":{\"@type\":\"type.googleapis.com/yandex.cloud.resourcemanager.v1"
                + ".CreateFolderMetadata\",\"folderId\":\"<id>\"},"
                + "\"response\":{\"@type\":\"type.googleapis.com/yandex.cloud.resourcemanager.v1"
                + ".Folder\",\"id\":\"<id>\",\"cloudId\":\"<id>\",\"createdAt\":\"<ms>\","
                + "\"name\":\"team\",\"description\":\"ours\",\"labels\":{\"a\":\"b\"},"
                + "\"status\":\"ACTIVE\"}}");
    String id = get(FOLDERS + "?cloudId=" + cloudId + "&filter=name%3D%22team%22").member("id");
    assertThat(made.member("folderId")).isEqualTo(id);
    String path = FOLDERS + "/" + id;
    assertThat(
            coffer
                .rest()
                .post(
                    FOLDERS, coffer.token(), "{\"cloudId\":\"" + cloudId + "\",\"name\":\"team\"}")
                .status())
        .isEqualTo(409);

    String secretId =
        post("/lockbox/v1/secrets", "{\"folderId\":\"" + id + "\",\"name\":\"s\"}")
            .member("secretId");
    String keyId =
        post("/kms/v1/keys", "{\"folderId\":\"" + id + "\",\"defaultAlgorithm\":\"AES_256\"}")
            .member("keyId");
    String accountId =
        post("/iam/v1/serviceAccounts", "{\"folderId\":\"" + id + "\",\"name\":\"robot\"}")
            .member("serviceAccountId");
    Answer refused = send("DELETE", path, "");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .contains(
            "\"code\":9", id + ": is not empty: secrets 1, symmetric keys 1, service accounts 1");
    deleted("/lockbox/v1/secrets/" + secretId);
    deleted("/kms/v1/keys/" + keyId);
    deleted("/iam/v1/serviceAccounts/" + accountId);

    Answer changed = send("PATCH", path, "{\"updateMask\":\"name,labels\",\"name\":\"crew\"}");
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(get(path).form())
        .isEqualTo(
            "{\"id\":\"<id>\",\"cloudId\":\"<id>\",\"createdAt\":\"<ms>\",\"name\":\"crew\","
                + "\"description\":\"ours\",\"status\":\"ACTIVE\"}");
    assertThat(get(path + "/operations?pageSize=1").body())
        .contains("Update folder", "nextPageToken");

    assertThat(send("DELETE", path + "?deleteAfter=2105-01-01T00:00:00Z", "").status())
        .isEqualTo(400);
    Answer gone = deleted(path + "?deleteAfter=2020-01-01T00:00:00Z");
    assertThat(gone.body())
        .contains(
            "DeleteFolderMetadata", "\"@type\":\"type.googleapis.com/google.protobuf.Empty\"");
    assertThat(get("/operations/" + gone.member("id")).body()).isEqualTo(gone.body());
    assertThat(get("/operations/" + made.member("id")).body()).isEqualTo(made.body());
    assertThat(get(path).status()).isEqualTo(404);
    assertThat(
            coffer
                .rest()
                .post(
                    "/lockbox/v1/secrets",
                    coffer.token(),
                    "{\"folderId\":\"" + id + "\",\"name\":\"s\"}")
                .status())
        .isEqualTo(404);
  }

  @Test
  void aCloudLivesAndItsMakerIsItsAdministrator() {
    String id = post(CLOUDS, "{\"organizationId\":\"any\",\"name\":\"other\"}").member("cloudId");
    String path = CLOUDS + "/" + id;
    assertThat(get(path + ":listAccessBindings").member("roleId")).isEqualTo("admin");
    String folderId =
        post(FOLDERS, "{\"cloudId\":\"" + id + "\",\"name\":\"docker\"}").member("folderId");
    assertThat(send("DELETE", path, "").body()).contains(id + ": is not empty: folders 1");
    deleted(FOLDERS + "/" + folderId);
    assertThat(send("PATCH", path, "{\"updateMask\":\"name\",\"name\":\"next\"}").body())
        .contains("UpdateCloudMetadata", "\"name\":\"next\"");
    assertThat(get(path + "/operations").body()).contains("Update cloud", "Create cloud");
    assertThat(deleted(path).body()).contains("DeleteCloudMetadata");
    assertThat(get(path).status()).isEqualTo(404);
  }

  @Test
  void whatTheServerNeedsIsNotDeleted() {
    assertThat(send("DELETE", FOLDERS + "/" + coffer.dockerFolderId(), "").body())
        .contains("\"code\":9", coffer.dockerFolderId() + ": the Docker door shows it");
    assertThat(send("DELETE", FOLDERS + "/" + coffer.folderId(), "").body())
        .contains("\"code\":9", "accounts that the server needs are in it");
  }

  @Test
  void aNameHasTheFormThatIsPublished() {
    String cloudId = get(CLOUDS + "?filter=name%3D%22coffer%22").member("id");
    for (String name : List.of("", "A", "1a", "a-", "a".repeat(64), "a_b")) {
      assertThat(
              coffer
                  .rest()
                  .post(
                      FOLDERS,
                      coffer.token(),
                      "{\"cloudId\":\"" + cloudId + "\",\"name\":\"" + name + "\"}")
                  .status())
          .as(name)
          .isEqualTo(400);
    }
  }

  /** Over gRPC operations carry exactly the types that the methods publish. */
  @Test
  void aFolderLivesOverGrpc() throws Exception {
    try (ClientFactory factory =
        ClientFactory.builder()
            .tlsCustomizer(tls -> tls.trustManager(coffer.caCertificate().toFile()))
            .build()) {
      FolderServiceGrpc.FolderServiceBlockingStub folders =
          GrpcClients.builder("gproto+" + coffer.url())
              .factory(factory)
              .addHeader("authorization", "Bearer " + coffer.token())
              .build(FolderServiceGrpc.FolderServiceBlockingStub.class);
      String cloudId =
          folders
              .get(GetFolderRequest.newBuilder().setFolderId(coffer.folderId()).build())
              .getCloudId();
      Operation made =
          folders.create(
              CreateFolderRequest.newBuilder().setCloudId(cloudId).setName("grpc").build());
      Folder folder = made.getResponse().unpack(Folder.class);
      assertThat(made.getMetadata().unpack(CreateFolderMetadata.class).getFolderId())
          .isEqualTo(folder.getId());
      Operation updated =
          folders.update(
              UpdateFolderRequest.newBuilder()
                  .setFolderId(folder.getId())
                  .setUpdateMask(FieldMask.newBuilder().addPaths("description"))
                  .setDescription("d")
                  .build());
      assertThat(updated.getResponse().unpack(Folder.class))
          .isEqualTo(folder.toBuilder().setDescription("d").build());
      Operation gone =
          folders.delete(DeleteFolderRequest.newBuilder().setFolderId(folder.getId()).build());
      assertThat(gone.getMetadata().unpack(DeleteFolderMetadata.class).hasDeleteAfter()).isTrue();
      assertThat(gone.getResponse().is(Empty.class)).isTrue();
    }
  }

  @Test
  void aBindingThatCannotBeIsRefused() {
    String path = FOLDERS + "/" + coffer.folderId() + ":setAccessBindings";
    for (String binding :
        new String[] {
          "{\"roleId\":\"owner\",\"subject\":{\"type\":\"system\",\"id\":\"allUsers\"}}",
          "{\"roleId\":\"viewer\",\"subject\":{\"type\":\"martian\",\"id\":\"x\"}}",
          "{\"roleId\":\"viewer\",\"subject\":{\"type\":\"certificate\",\"id\":\"x\"}}",
          "{\"roleId\":\"viewer\"}",
        }) {
      Answer refused =
          coffer.rest().post(path, coffer.token(), "{\"accessBindings\":[" + binding + "]}");
      assertThat(refused.status()).as(binding).isEqualTo(400);
    }
  }
}
