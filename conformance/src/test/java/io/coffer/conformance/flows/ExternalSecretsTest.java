package io.coffer.conformance.flows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coffer.conformance.CofferProcess;
import io.coffer.conformance.docker.DockerClient;
import io.coffer.conformance.lockbox.LockboxClient;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** External Secrets Operator with a store that points here. */
class ExternalSecretsTest {
  private static final String NOBODY = "e6q00000000000000000";

  @AutoClose private static CofferProcess coffer;
  @AutoClose private static LockboxClient lockbox;
  @AutoClose private static ExternalSecrets store;

  @BeforeAll
  static void start() throws IOException {
    coffer = CofferProcess.start();
    lockbox = new LockboxClient(coffer.environment());
    store = new ExternalSecrets(coffer.environment(), coffer.environment().keyFile());
  }

  private static String create(String name) {
    return lockbox
        .post(
            "/lockbox/v1/secrets",
            """
            {"folderId":"%s","name":"%s","versionPayloadEntries":[
              {"key":"user","textValue":"робот"},{"key":"key","binaryValue":"AP8="}]}
            """
                .formatted(folder(), name))
        .at("/metadata/secretId")
        .asText();
  }

  private static String folder() {
    return coffer.environment().folderId();
  }

  @Test
  void readsByIdTheCurrentVersionOrOneThatIsNamed() {
    String id = create("eso-by-id");
    String first = lockbox.read("/lockbox/v1/secrets/" + id).at("/currentVersion/id").asText();
    lockbox.addVersion(id, "user", "changed");

    assertThat(store.byId(id, "").keySet()).containsExactly("user", "key");
    assertThat(store.byId(id, "").get("user")).isEqualTo("changed".getBytes(UTF_8));
    Map<String, byte[]> old = store.byId(id, first);
    assertThat(old.get("user")).isEqualTo("робот".getBytes(UTF_8));
    assertThat(old.get("key")).containsExactly(0, (byte) 0xff);
  }

  @Test
  void readsByFolderAndName() {
    String id = create("eso-by-name");
    String first = lockbox.read("/lockbox/v1/secrets/" + id).at("/currentVersion/id").asText();
    lockbox.addVersion(id, "user", "changed");

    Map<String, byte[]> values = store.byName(folder(), "eso-by-name", "");
    assertThat(values.keySet()).containsExactlyInAnyOrder("user", "key");
    assertThat(values.get("user")).isEqualTo("changed".getBytes(UTF_8));
    assertThat(store.byName(folder(), "eso-by-name", first).get("user"))
        .isEqualTo("робот".getBytes(UTF_8));
  }

  @Test
  void readsWhatTheDockerDoorTookInByItsNameThere() {
    try (DockerClient docker = new DockerClient(coffer.environment().dockerSocket())) {
      String id = docker.create("eso-docker", new byte[] {'x', 0});

      String folder = coffer.environment().dockerFolderId();
      assertThat(store.byName(folder, "eso-docker", "").get("data")).containsExactly('x', 0);
      assertThat(store.byId(id, "").get("data")).containsExactly('x', 0);
    }
  }

  @Test
  void whatIsNotThereIsNotFoundAndWhatIsNotReadableSaysWhy() {
    String id = create("eso-gone");
    assertThat(code(() -> store.byId(id, NOBODY))).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(code(() -> store.byId(NOBODY, ""))).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(code(() -> store.byName(folder(), "eso-nobody", "")))
        .isEqualTo(Status.Code.NOT_FOUND);

    lockbox.post("/lockbox/v1/secrets/" + id + ":deactivate", "");
    assertThat(code(() -> store.byId(id, ""))).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(code(() -> store.byName(folder(), "eso-gone", "")))
        .isEqualTo(Status.Code.FAILED_PRECONDITION);
  }

  @Test
  void aStoreOfAServiceAccountReadsWhatItIsBoundToAndNothingElse(@TempDir Path directory)
      throws IOException {
    String mine = create("eso-mine");
    String other = create("eso-other");
    ServiceAccount account = ServiceAccount.create(lockbox, folder(), "eso", directory);
    lockbox.post(
        "/lockbox/v1/secrets/" + mine + ":setAccessBindings",
        """
        {"accessBindings":[{"roleId":"lockbox.payloadViewer",
          "subject":{"id":"%s","type":"serviceAccount"}}]}
        """
            .formatted(account.id()));

    try (ExternalSecrets bound = new ExternalSecrets(coffer.environment(), account.keyFile())) {
      assertThat(bound.byId(mine, "").get("user")).isEqualTo("робот".getBytes(UTF_8));
      assertThat(bound.byName(folder(), "eso-mine", "")).containsOnlyKeys("user", "key");
      assertThat(code(() -> bound.byId(other, ""))).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(code(() -> bound.byName(folder(), "eso-other", "")))
          .isIn(Status.Code.PERMISSION_DENIED, Status.Code.NOT_FOUND);
    }
  }

  private static Status.Code code(Runnable call) {
    StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call::run);
    assertThat(refused).as("a refusal").isNotNull();
    return refused.getStatus().getCode();
  }
}
