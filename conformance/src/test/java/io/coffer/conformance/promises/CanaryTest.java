package io.coffer.conformance.promises;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.conformance.CofferProcess;
import io.coffer.conformance.Command;
import io.coffer.conformance.cases.Mismatch;
import io.coffer.conformance.cli.DockerCommand;
import io.coffer.conformance.docker.DockerClient;
import io.coffer.conformance.docker.HttpAnswer;
import io.coffer.conformance.lockbox.LockboxClient;
import io.coffer.conformance.yandex.LockboxProgram;
import io.coffer.conformance.yandex.Refused;
import io.coffer.conformance.yandex.YandexSdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What went in through any door, well or badly, is readable nowhere but through the doors. */
class CanaryTest {
  private final List<Canary> canaries = new ArrayList<>();

  private String canary() {
    Canary canary = Canary.random(new SecureRandom());
    canaries.add(canary);
    return canary.text();
  }

  @Test
  void noPayloadIsInAFileALogOrTheAuditTrail(@TempDir Path directory) throws IOException {
    DockerCommand.assumeFound(CanaryTest.class);
    Path driver = directory.resolve("driver.sock");
    try (CofferProcess coffer =
        CofferProcess.start("--log-level", "debug", "--docker-driver-listen", "unix:" + driver)) {
      throughTheDockerCommand(coffer, directory);
      throughTheDockerSocket(coffer);
      throughTheDriver(driver);
      throughRest(coffer);
      throughGrpc(coffer, directory);
      assertNowhere(coffer);

      coffer.kill9();
      assertNowhere(coffer);

      coffer.restart(); // Which replays the log of the store.
      assertThat(coffer.terminate()).isZero();
      assertNowhere(coffer);
    }
  }

  private void throughTheDockerCommand(CofferProcess coffer, Path directory) {
    DockerCommand docker = new DockerCommand(coffer.environment().dockerHost(), directory);
    assertThat(docker.run(canary(), "secret", "create", "canary-cli", "-").exit()).isZero();
    assertThat(docker.run(canary(), "secret", "create", "canary-cli", "-").exit()).isOne();
    assertThat(docker.run(canary(), "secret", "create", "no good name", "-").exit()).isOne();
    assertThat(docker.run("", "secret", "inspect", "canary-cli").exit()).isZero();
  }

  private void throughTheDockerSocket(CofferProcess coffer) {
    try (DockerClient docker = new DockerClient(coffer.environment().dockerSocket())) {
      docker.create("canary-raw", canary().getBytes(UTF_8));
      assertThat(docker.inspect("canary-raw")).contains("canary-raw");
      String broken = canary();
      assertThat(refusal(() -> docker.create("x\",\"Data\":1", broken.getBytes(UTF_8))))
          .contains(" 400 ");
      throughTemplatesAndUpdates(docker);
      throughQueries(docker);
      assertNotInEvents(docker);
    }
  }

  private void assertNotInEvents(DockerClient docker) {
    long soon = Instant.now().getEpochSecond() + 1;
    String events = docker.send("GET", "/events?since=0&until=" + soon).text();
    assertThat(events).contains("canary-cli", "canary-template", "canary-query");
    for (Canary canary : canaries) {
      assertThat(canary.foundIn(events.getBytes(UTF_8))).isEmpty();
    }
  }

  private void throughTemplatesAndUpdates(DockerClient docker) {
    String template = "{{.Service.Name}} " + canary();
    HttpAnswer created =
        docker.post(
            "/secrets/create",
            "{\"Name\":\"canary-template\",\"Data\":\"%s\",\"Templating\":{\"Name\":\"golang\"}}"
                .formatted(base64(template)));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    String id = created.json().path("ID").asText();
    int index = docker.send("GET", "/secrets/" + id).json().at("/Version/Index").asInt();
    HttpAnswer changed =
        docker.post(
            "/secrets/%s/update?version=%d".formatted(id, index),
            "{\"Name\":\"canary-template\",\"Data\":\"%s\"}".formatted(base64(canary())));
    assertThat(changed.status() + " " + changed.text()).startsWith("400 ").contains("Labels");
  }

  /** As dockerode does: what is in the body is in the query too. */
  private void throughQueries(DockerClient docker) {
    String value = base64(canary());
    String create = "/secrets/create?Name=canary-query&Data=" + value;
    String spec = "{\"Name\":\"canary-query\",\"Data\":\"%s\"}".formatted(value);
    assertThat(docker.post(create, spec).status()).isEqualTo(201);
    assertThat(docker.post(create, spec).status()).isEqualTo(409);
    assertThat(docker.post("/nowhere?Data=" + base64(canary()), "{}").status()).isEqualTo(404);
    assertThat(docker.post("/secrets/create?Data=%zz" + base64(canary()), "{}").status())
        .isEqualTo(400);
  }

  /** As a swarm's manager asks: what it is given is nowhere else. */
  private void throughTheDriver(Path socket) {
    try (DockerClient manager = new DockerClient(socket)) {
      for (String name : List.of("canary-raw", "canary-template")) {
        HttpAnswer answer = deliver(manager, name);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        byte[] value = Base64.getDecoder().decode(answer.json().path("Value").asText());
        assertThat(canaries).anySatisfy(each -> assertThat(each.foundIn(value)).isNotEmpty());
      }
      assertThat(deliver(manager, "canary-of-nobody").text()).contains("Err");
    }
  }

  private static HttpAnswer deliver(DockerClient manager, String name) {
    return manager.post(
        "/SecretProvider.GetSecret",
        "{\"SecretName\":\"%s\",\"ServiceName\":\"service\",\"TaskName\":\"service.1.task\"}"
            .formatted(name));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private void throughRest(CofferProcess coffer) {
    String folder = coffer.environment().folderId();
    try (LockboxClient rest = new LockboxClient(coffer.environment())) {
      String value = canary();
      String id = rest.create(folder, "canary-rest", "k", value);
      assertThat(rest.onlyValue(id)).isEqualTo(value.getBytes(UTF_8));
      String unwelcome = canary();
      assertThat(refusal(() -> rest.create(folder, "canary-bad", "no good key!", unwelcome)))
          .contains(" 400 ");
      String torn = canary();
      assertThat(refusal(() -> rest.post("/lockbox/v1/secrets", "{\"name\":\"" + torn)))
          .contains(" 400 ");
    }
  }

  private void throughGrpc(CofferProcess coffer, Path directory) throws IOException {
    String folder = coffer.environment().folderId();
    try (LockboxProgram sdk = YandexSdk.start(coffer.environment(), directory)) {
      String value = canary();
      String id = sdk.create(folder, "canary-grpc", "k=" + value);
      assertThat(sdk.payload(id)).containsExactly("k=" + value);
      assertThatThrownBy(() -> sdk.create(folder, "canary-bad", "no good key!=" + canary()))
          .isInstanceOf(Refused.class)
          .hasMessageContaining("key");
    }
  }

  private static String refusal(Runnable call) {
    try {
      call.run();
    } catch (Mismatch refused) {
      return String.valueOf(refused.getMessage());
    }
    throw new AssertionError("not refused");
  }

  private void assertNowhere(CofferProcess coffer) throws IOException {
    assertThat(canaries).hasSize(15);
    try (Stream<Path> all = Files.walk(coffer.home())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        for (Canary canary : canaries) {
          assertThat(canary.foundIn(bytes)).as(file.toString()).isEmpty();
        }
      }
    }
    Command export = coffer.audit("export");
    assertThat(export.exit()).isZero();
    assertThat(export.stdout()).contains("canary-raw");
    for (Canary canary : canaries) {
      assertThat(canary.foundIn(export.stdout().getBytes(UTF_8))).isEmpty();
    }
  }

  /** The search looks: every form is found, wherever it stands. */
  @Test
  void aCanaryIsFoundInEveryForm() {
    Canary canary = Canary.random(new Random(1));
    byte[] plain = canary.text().getBytes(UTF_8);
    assertThat(canary.foundIn(("a" + canary.text() + "b").getBytes(UTF_8)))
        .containsExactly("plain");
    assertThat(canary.foundIn(HexFormat.of().withUpperCase().formatHex(plain).getBytes(UTF_8)))
        .containsExactly("hex");
    assertThat(canary.foundIn(canary.text().getBytes(java.nio.charset.StandardCharsets.UTF_16LE)))
        .containsExactly("UTF-16");
    for (int offset = 0; offset < 7; offset++) {
      byte[] within = (".".repeat(offset) + canary.text() + "?>.").getBytes(UTF_8);
      assertThat(canary.foundIn(Base64.getEncoder().encode(within)))
          .containsExactly("base64 at " + offset % 3);
    }
    assertThat(canary.foundIn(Canary.random(new Random(2)).text().getBytes(UTF_8))).isEmpty();
  }
}
