package io.coffer.conformance.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.Command;
import io.coffer.conformance.LineProgram;
import io.coffer.conformance.cases.Corpus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docker-py, whichever version this machine has. */
class DockerPyTest extends SecretsClientContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String VERSION = "import docker; print(docker.__version__)";

  private String python = "";

  @Override
  void assumeFound() {
    // The one on PATH may be somebody's own; a system's packages are for the system's.
    for (String each : List.of("python3", "/usr/bin/python3")) {
      Command version =
          Command.run(
              List.of("sh", "-c", "exec " + each + " -c '" + VERSION + "'"),
              Map.of(),
              Path.of("/"),
              "",
              PATIENCE);
      if (version.exit() == 0) {
        System.err.println("DockerPyTest: docker-py " + version.stdout().strip());
        python = each;
        return;
      }
    }
    System.err.println("DockerPyTest skipped: no python3 with docker-py (python3-docker)");
    assumeTrue(false, "no python3 with docker-py");
  }

  @Override
  ProgramClient overUnix(URI socket, Path directory) throws IOException {
    return start(Map.of(), directory, socket.toString());
  }

  @Override
  SecretsClient overTls(URI url, Path authority, String token, Path directory) throws IOException {
    Path config = Files.createTempDirectory(directory, "config");
    Files.writeString(
        config.resolve("config.json"),
        "{\"HttpHeaders\":{\"Authorization\":\"Bearer %s\"}}".formatted(token));
    return start(
        Map.of("DOCKER_CONFIG", config.toString()),
        directory,
        "https://" + url.getAuthority(),
        authority.toString());
  }

  private ProgramClient start(Map<String, String> environment, Path directory, String... arguments)
      throws IOException {
    Path program = directory.resolve("docker_py.py");
    Files.write(program, Corpus.text("/clients/docker_py.py").getBytes(UTF_8));
    List<String> words = new ArrayList<>(List.of(python, program.toString()));
    words.addAll(List.of(arguments));
    return new ProgramClient(LineProgram.start("docker-py", words, environment, directory));
  }

  private ProgramClient py() {
    return (ProgramClient) client();
  }

  @Test
  void inspectsByNameAndByTheBeginningOfAnId() {
    String id = client().create("py-inspect", "x", Map.of("a", "1"));

    JsonNode byName = py().inspect("py-inspect");

    assertThat(byName.path("id").asText()).isEqualTo(id);
    assertThat(byName.path("labels").path("a").asText()).isEqualTo("1");
    assertThat(byName.path("index").asLong()).isPositive();
    assertThat(py().inspect(id.substring(0, 12))).isEqualTo(byName);
  }

  @Test
  void raisesNotFoundAndApiErrorAsItDoesElsewhere() {
    client().create("py-taken", "x", Map.of());

    Refused absent = refusal(() -> py().inspect("nobody"));
    assertThat(absent.kind()).isEqualTo("NotFound");
    assertThat(absent).hasMessage("secret nobody not found");
    Refused taken = refusal(() -> client().create("py-taken", "x", Map.of()));
    assertThat(taken.kind()).isEqualTo("APIError");
  }
}
