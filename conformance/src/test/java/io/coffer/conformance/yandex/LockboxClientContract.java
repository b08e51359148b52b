package io.coffer.conformance.yandex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.ClientEnvironment;
import io.coffer.conformance.CofferProcess;
import io.coffer.conformance.Command;
import io.coffer.conformance.cases.Corpus;
import io.coffer.conformance.cli.DockerCommand;
import io.coffer.conformance.docker.DockerClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What an application that was written for Yandex Cloud does, and does with Coffer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LockboxClientContract {
  private static final Duration DEFAULT_PERIOD = Duration.ofDays(7);
  private static final Duration DESTRUCTION_MAX = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final String NOBODY = "t1.bm9ib2R5." + "A".repeat(86);
  private static final int PAGE = 2;

  @AutoClose private CofferProcess coffer;
  @AutoClose private LockboxProgram client;
  @AutoClose private DockerClient docker;
  @TempDir private static Path directory;

  /** Skips the tests, and says so, where there is no such client. */
  abstract void assumeFound() throws IOException;

  /**
   * A client of the server of {@code environment}.
   *
   * @param authority a certificate in PEM, the only one trusted
   * @param credential an IAM token
   */
  abstract LockboxProgram start(
      ClientEnvironment environment, Path authority, String credential, Path directory)
      throws IOException;

  /** The credential that most tests log in with. */
  String credential(ClientEnvironment environment) {
    return environment.token();
  }

  /** What the client says of a server whose certificate it has no reason to trust. */
  abstract String wordsOfDistrust();

  @BeforeAll
  void start() throws IOException {
    assumeFound();
    coffer = CofferProcess.start();
    ClientEnvironment environment = coffer.environment();
    client = start(environment, environment.caCertificate(), credential(environment), directory);
    docker = new DockerClient(environment.dockerSocket());
  }

  LockboxProgram client() {
    return client;
  }

  ClientEnvironment environment() {
    return coffer.environment();
  }

  Path directory() {
    return directory;
  }

  String folder() {
    return environment().folderId();
  }

  @Test
  void createsASecretWaitsForTheOperationAndReadsIt() {
    JsonNode done =
        client.ask(
            "create",
            """
            {"folderId":"%s","name":"one","description":"the first","labels":{"env":"prod"},
             "versionDescription":"v1","versionPayloadEntries":[
               {"key":"text","textValue":"Grüße, 世界\\n"},{"key":"binary","binaryValue":"AP8BAg=="}]}
            """
                .formatted(folder()));

    String id = done.at("/metadata/secretId").asText();
    String version = done.at("/metadata/versionId").asText();
    assertThat(done.path("done").asBoolean()).isTrue();
    assertThat(done.path("description").asText()).isEqualTo("Create secret");
    assertThat(done.at("/metadata/@type").asText())
        .isEqualTo("type.googleapis.com/yandex.cloud.lockbox.v1.CreateSecretMetadata");
    assertThat(done.at("/response/@type").asText())
        .isEqualTo("type.googleapis.com/yandex.cloud.lockbox.v1.Secret");
    assertThat(done.at("/response/id").asText()).isEqualTo(id);
    JsonNode secret = client.askOf(id, "get");
    assertThat(secret.path("name").asText()).isEqualTo("one");
    assertThat(secret.path("description").asText()).isEqualTo("the first");
    assertThat(secret.at("/labels/env").asText()).isEqualTo("prod");
    assertThat(secret.path("status").asText()).isEqualTo("ACTIVE");
    assertThat(secret.at("/currentVersion/id").asText()).isEqualTo(version);
    assertThat(secret.at("/currentVersion/description").asText()).isEqualTo("v1");
    assertThat(client.askOf(id, "payload").path("versionId").asText()).isEqualTo(version);
    assertThat(client.payload(id)).containsExactly("text=Grüße, 世界\n", "binary=AP8BAg==");
  }

  @Test
  void addsAVersionToTheOneBefore() {
    String id = client.create(folder(), "versions", "a=1", "b=2", "c=3");
    String first = client.askOf(id, "get").at("/currentVersion/id").asText();

    String second = client.addVersion(id, "d=4", "b=changed", "a=");

    assertThat(client.payload(id)).containsExactly("b=changed", "c=3", "d=4");
    assertThat(client.payload(id, first)).containsExactly("a=1", "b=2", "c=3");
    assertThat(client.askOf(id, "get").at("/currentVersion/id").asText()).isEqualTo(second);
    assertThat(client.askOf(id, "listVersions").path("versions").findValuesAsText("id"))
        .containsExactlyInAnyOrder(first, second);
    client.ask(
        "addVersion",
        """
        {"secretId":"%s","baseVersionId":"%s","payloadEntries":[{"key":"e","textValue":"5"}]}
        """
            .formatted(id, first));
    assertThat(client.payload(id)).containsExactly("a=1", "b=2", "c=3", "e=5");
  }

  @Test
  void updatesWhatTheMaskNamesAndNothingElse() {
    String id =
        client
            .ask(
                "create",
                """
                {"folderId":"%s","name":"masked","description":"d","labels":{"a":"1"},
                 "versionPayloadEntries":[{"key":"k","textValue":"v"}]}
                """
                    .formatted(folder()))
            .at("/metadata/secretId")
            .asText();

    JsonNode done =
        client.ask(
            "update",
            """
            {"secretId":"%s","updateMask":"name,labels","name":"unmasked"}
            """
                .formatted(id));

    assertThat(done.path("description").asText()).isEqualTo("Update secret");
    JsonNode secret = client.askOf(id, "get");
    assertThat(secret.path("name").asText()).isEqualTo("unmasked");
    assertThat(secret.path("description").asText()).isEqualTo("d");
    assertThat(secret.path("labels").isEmpty()).isTrue();
    assertThat(client.askOf(id, "listVersions").path("versions")).hasSize(1);
  }

  @Test
  void schedulesADestructionAndTakesItBack() {
    String id = client.create(folder(), "scheduled", "k=old");
    String old = client.askOf(id, "get").at("/currentVersion/id").asText();
    client.addVersion(id, "k=new");

    JsonNode scheduled = ofVersion("scheduleVersionDestruction", id, old);

    assertThat(scheduled.at("/response/status").asText()).isEqualTo("SCHEDULED_FOR_DESTRUCTION");
    assertThat(Instant.parse(scheduled.at("/metadata/destroyAt").asText()))
        .isEqualTo(Instant.parse(scheduled.at("/response/destroyAt").asText()))
        .isBetween(
            Instant.now().plus(DEFAULT_PERIOD).minusSeconds(60),
            Instant.now().plus(DEFAULT_PERIOD).plusSeconds(60));
    assertThat(refusal(() -> client.payload(id, old)).code())
        .isEqualTo(Refused.FAILED_PRECONDITION);
    JsonNode cancelled = ofVersion("cancelVersionDestruction", id, old);
    assertThat(cancelled.at("/response/status").asText()).isEqualTo("ACTIVE");
    assertThat(client.payload(id, old)).containsExactly("k=old");
  }

  private JsonNode ofVersion(String verb, String secretId, String versionId) {
    return client.ask(
        verb,
        """
        {"secretId":"%s","versionId":"%s"}
        """
            .formatted(secretId, versionId));
  }

  @Test
  void whatIsDestroyedStaysDestroyed() throws InterruptedException {
    String id = client.create(folder(), "destroyed", "k=old");
    String old = client.askOf(id, "get").at("/currentVersion/id").asText();
    client.addVersion(id, "k=new");

    client.ask(
        "scheduleVersionDestruction",
        """
        {"secretId":"%s","versionId":"%s","pendingPeriod":"1s"}
        """
            .formatted(id, old));

    long end = System.nanoTime() + DESTRUCTION_MAX.toNanos();
    while (!status(id, old).equals("DESTROYED") && System.nanoTime() < end) {
      Thread.sleep(LOOK_AGAIN);
    }
    assertThat(status(id, old)).isEqualTo("DESTROYED");
    assertThat(refusal(() -> client.payload(id, old)).code())
        .isEqualTo(Refused.FAILED_PRECONDITION);
    assertThat(refusal(() -> ofVersion("cancelVersionDestruction", id, old)).code())
        .isEqualTo(Refused.FAILED_PRECONDITION);
    assertThat(client.payload(id)).containsExactly("k=new");
  }

  private String status(String secretId, String versionId) {
    for (JsonNode version : client.askOf(secretId, "listVersions").path("versions")) {
      if (version.path("id").asText().equals(versionId)) {
        return version.path("status").asText();
      }
    }
    throw new AssertionError("no version " + versionId);
  }

  @Test
  void anInactiveSecretIsNotRead() {
    String id = client.create(folder(), "inactive", "k=v");

    assertThat(client.askOf(id, "deactivate").at("/response/status").asText())
        .isEqualTo("INACTIVE");
    assertThat(refusal(() -> client.payload(id)).code()).isEqualTo(Refused.FAILED_PRECONDITION);
    assertThat(client.askOf(id, "activate").at("/response/status").asText()).isEqualTo("ACTIVE");
    assertThat(client.payload(id)).containsExactly("k=v");
  }

  @Test
  void whatIsDeletedIsGoneUnlessItIsProtected() {
    String id = client.create(folder(), "deleted", "k=v");
    protect(id, true);

    assertThat(refusal(() -> client.askOf(id, "delete")).code())
        .isEqualTo(Refused.FAILED_PRECONDITION);
    protect(id, false);
    JsonNode deleted = client.askOf(id, "delete");

    assertThat(deleted.at("/response/id").asText()).isEqualTo(id);
    for (String verb : List.of("get", "payload", "listVersions", "delete")) {
      assertThat(refusal(() -> client.askOf(id, verb)).code())
          .as(verb)
          .isEqualTo(Refused.NOT_FOUND);
    }
  }

  private void protect(String secretId, boolean on) {
    client.ask(
        "update",
        """
        {"secretId":"%s","updateMask":"deletionProtection","deletionProtection":%b}
        """
            .formatted(secretId, on));
  }

  @Test
  void listsPageByPage() {
    List<String> made =
        List.of("page-1", "page-2", "page-3", "page-4", "page-5").stream()
            .map(name -> client.create(folder(), name, "k=v"))
            .toList();

    assertThat(client.ids(folder(), PAGE)).containsAll(made);
  }

  @Test
  void isToldWhatItDidWrong() {
    Refused refused = refusal(() -> client.create("", "no-folder", "k=v"));

    assertThat(refused.code()).isEqualTo(Refused.INVALID_ARGUMENT);
    assertThat(refused).hasMessageContaining("folder_id");
  }

  @Test
  void readsWhatTheDockerDoorTookInAndIsSeenThere() {
    String text = docker.create("docker-text", "Grüße\n".getBytes(UTF_8));
    String binary = docker.create("docker-binary", new byte[] {0, (byte) 0xff, 'x', '\n'});

    assertThat(client.payload(text)).containsExactly("data=Grüße\n");
    assertThat(client.payload(binary)).containsExactly("data=AP94Cg==");
    assertThat(client.ids(environment().dockerFolderId(), PAGE)).contains(text, binary);
    long index = docker.send("GET", "/secrets/" + text).json().at("/Version/Index").asLong();

    client.addVersion(text, "data=rotated");
    relabel(text, "docker-text");

    JsonNode seen = docker.send("GET", "/secrets/docker-text").json();
    assertThat(seen.path("ID").asText()).isEqualTo(text);
    assertThat(seen.at("/Spec/Labels/by").asText()).isEqualTo("lockbox");
    assertThat(seen.at("/Version/Index").asLong()).isGreaterThan(index);
    assertThat(client.payload(text)).containsExactly("data=rotated");
    client.askOf(text, "delete");
    assertThat(docker.send("GET", "/secrets/" + text).status()).isEqualTo(404);
  }

  @Test
  void readsWhatTheDockerCommandCreated() {
    DockerCommand.assumeFound(getClass());
    DockerCommand command = new DockerCommand(environment().dockerHost(), directory);

    Command created = command.run("correct horse", "secret", "create", "docker-command", "-");

    assertThat(created.exit()).as(created.stderr()).isZero();
    assertThat(client.payload(created.stdout().strip())).containsExactly("data=correct horse");
    client.create(environment().dockerFolderId(), "lockbox-command", "data=v");
    assertThat(command.run("", "secret", "ls", "--format", "{{.Name}}").stdout().lines())
        .contains("docker-command", "lockbox-command");
  }

  private void relabel(String secretId, String name) {
    client.ask(
        "update",
        """
        {"secretId":"%s","updateMask":"name,labels","name":"%s","labels":{"by":"lockbox"}}
        """
            .formatted(secretId, name));
  }

  @Test
  void theDockerDoorShowsRelabelsAndRemovesWhatIsMadeHere() {
    String id = client.create(environment().dockerFolderId(), "lockbox-made", "data=v");

    assertThat(docker.names()).contains("lockbox-made");
    JsonNode seen = docker.send("GET", "/secrets/lockbox-made").json();
    assertThat(seen.path("ID").asText()).isEqualTo(id);
    String update = "/secrets/" + id + "/update?version=" + seen.at("/Version/Index").asLong();
    String spec = "{\"Name\":\"lockbox-made\",\"Labels\":{\"by\":\"docker\"}}";
    assertThat(docker.post(update, spec).status()).isEqualTo(200);
    assertThat(client.askOf(id, "get").at("/labels/by").asText()).isEqualTo("docker");

    assertThat(docker.send("DELETE", "/secrets/" + id).status()).isEqualTo(204);
    assertThat(refusal(() -> client.payload(id)).code()).isEqualTo(Refused.NOT_FOUND);
  }

  @Test
  void aTokenOfNobodyIsRefused() throws IOException {
    ClientEnvironment environment = environment();
    String id = client.create(folder(), "not-for-nobody", "k=v");
    try (LockboxProgram stranger =
        start(environment, environment.caCertificate(), NOBODY, directory)) {
      assertThat(refusal(() -> stranger.payload(id)).code()).isEqualTo(Refused.UNAUTHENTICATED);
    }
  }

  @Test
  void refusesAServerOfAnUnknownAuthority() throws IOException {
    Path authority = Files.createTempFile(directory, "authority", ".pem");
    Files.writeString(authority, Corpus.text("/clients/another-authority.pem"));
    try (LockboxProgram client =
        start(environment(), authority, environment().token(), directory)) {
      assertThatThrownBy(() -> client.askOf("e6q00000000000000000", "get"))
          .hasMessageContaining(wordsOfDistrust());
    }
  }

  static Refused refusal(Runnable call) {
    Refused refused = catchThrowableOfType(Refused.class, call::run);
    assertThat(refused).as("a refusal").isNotNull();
    return refused;
  }
}
