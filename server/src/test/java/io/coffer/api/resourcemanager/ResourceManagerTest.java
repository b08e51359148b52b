package io.coffer.api.resourcemanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.Answer;
import io.coffer.server.Rest;
import io.coffer.server.RunningCoffer;
import java.nio.file.Path;
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
