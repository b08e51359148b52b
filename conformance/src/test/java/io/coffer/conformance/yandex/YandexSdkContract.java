package io.coffer.conformance.yandex;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Yandex Cloud's own SDKs can besides: they have every method of the services. */
abstract class YandexSdkContract extends LockboxClientContract {
  private static final String VIEWER_OF_ALL =
      """
      {"roleId":"viewer","subject":{"id":"allUsers","type":"system"}}\
      """;
  private static final String READER =
      """
      {"roleId":"lockbox.payloadViewer","subject":{"id":"ajesomebody","type":"serviceAccount"}}\
      """;

  @Test
  void generatesPasswords() {
    String id =
        client()
            .ask(
                "create",
                """
                {"folderId":"%s","name":"generated",
                 "passwordPayloadSpecification":{"passwordKey":"password","length":24}}
                """
                    .formatted(folder()))
            .at("/metadata/secretId")
            .asText();

    String first = client().payload(id).getFirst();
    assertThat(first).matches("password=[!-~]{24}");
    assertThat(client().askOf(id, "get").at("/passwordPayloadSpecification/length").asInt())
        .isEqualTo(24);
    client().askOf(id, "addVersion");
    assertThat(client().payload(id)).hasSize(1).doesNotContain(first);
  }

  @Test
  void createsASecretWithoutAVersion() {
    JsonNode done =
        client()
            .ask(
                "create",
                """
                {"folderId":"%s","name":"empty","createVersion":false}
                """
                    .formatted(folder()));

    String id = done.at("/metadata/secretId").asText();
    assertThat(done.at("/metadata/versionId").asText()).isEmpty();
    assertThat(client().askOf(id, "get").path("currentVersion").isMissingNode()).isTrue();
    assertThat(refusal(() -> client().payload(id)).code())
        .isIn(Refused.NOT_FOUND, Refused.FAILED_PRECONDITION);
  }

  @Test
  void bindsRolesAndTakesThemBack() {
    String id = client().create(folder(), "bound", "k=v");

    JsonNode done = bind("updateAccessBindings", id, deltas("ADD", VIEWER_OF_ALL));
    assertThat(done.at("/metadata/@type").asText())
        .isEqualTo("type.googleapis.com/yandex.cloud.access.UpdateAccessBindingsMetadata");
    assertThat(done.at("/metadata/resourceId").asText()).isEqualTo(id);
    assertThat(done.at("/response/@type").asText())
        .isEqualTo("type.googleapis.com/google.protobuf.Empty");
    bind("updateAccessBindings", id, deltas("ADD", READER));
    assertThat(roles(id)).hasSize(2).contains("viewer", "lockbox.payloadViewer");

    bind("updateAccessBindings", id, deltas("REMOVE", VIEWER_OF_ALL));
    assertThat(roles(id)).containsExactly("lockbox.payloadViewer");
    bind("setAccessBindings", id, "\"accessBindings\":[" + VIEWER_OF_ALL + "]");
    assertThat(roles(id)).containsExactly("viewer");
    bind("setAccessBindings", id, "\"accessBindings\":[]");
    assertThat(roles(id)).isEmpty();
  }

  private static String deltas(String action, String binding) {
    return "\"accessBindingDeltas\":[{\"action\":\"%s\",\"accessBinding\":%s}]"
        .formatted(action, binding);
  }

  private JsonNode bind(String verb, String id, String what) {
    return client().ask(verb, "{\"resourceId\":\"%s\",%s}".formatted(id, what));
  }

  private List<String> roles(String id) {
    return client()
        .ask("listAccessBindings", "{\"resourceId\":\"%s\"}".formatted(id))
        .path("accessBindings")
        .findValuesAsText("roleId");
  }

  @Test
  void listsWhatWasDone() {
    String id = client().create(folder(), "history", "k=v");
    client().addVersion(id, "k=w");
    client().askOf(id, "deactivate");

    assertThat(
            client().askOf(id, "listOperations").path("operations").findValuesAsText("description"))
        .containsExactlyInAnyOrder("Create secret", "Add version", "Deactivate secret");
  }

  @Test
  void readsByNameWithoutAnId() {
    String id = client().create(folder(), "by-name", "k=v");

    JsonNode found =
        client()
            .ask(
                "getEx",
                """
                {"folderAndName":{"folderId":"%s","secretName":"by-name"}}
                """
                    .formatted(folder()));

    assertThat(found.path("secretId").asText()).isEqualTo(id);
    assertThat(found.at("/entries/k").asText()).isEqualTo("dg==");
  }
}
