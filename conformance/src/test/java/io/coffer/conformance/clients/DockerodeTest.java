package io.coffer.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.LineProgram;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** dockerode, which sends a secret in the query as well as in the body. */
class DockerodeTest extends SecretsClientContract {
  private static final String PROGRAM = "program.js";

  private Path home = Path.of("");

  @Override
  void assumeFound() throws IOException {
    home = Npm.assumeInstalled(DockerodeTest.class, "dockerode", PROGRAM);
  }

  @Override
  ProgramClient overUnix(URI socket, Path directory) throws IOException {
    return start(directory, socket.toString());
  }

  @Override
  SecretsClient overTls(URI url, Path authority, String token, Path directory) throws IOException {
    return start(directory, "https://" + url.getAuthority(), authority.toString(), token);
  }

  private ProgramClient start(Path directory, String... arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of("node", home.resolve(PROGRAM).toString()));
    words.addAll(List.of(arguments));
    return new ProgramClient(LineProgram.start("dockerode", words, Map.of(), directory));
  }

  private ProgramClient node() {
    return (ProgramClient) client();
  }

  @Test
  void inspectsWhatIsThere() {
    String id = client().create("node-inspect", "x", Map.of("a", "1"));

    JsonNode found = node().inspect("node-inspect");

    assertThat(found.path("id").asText()).isEqualTo(id);
    assertThat(found.path("labels").path("a").asText()).isEqualTo("1");
    assertThat(refusal(() -> node().inspect("nobody")).status()).isEqualTo(404);
  }

  @Test
  void updatesTheLabelsOfTheVersionItHasSeenAndOfNoOther() {
    String id = client().create("node-update", "x", Map.of("a", "1"));
    int seen = node().inspect(id).path("index").asInt();

    node().update(id, seen, "node-update", Map.of("b", "2"));

    JsonNode updated = node().inspect(id);
    assertThat(updated.path("labels").size()).isOne();
    assertThat(updated.path("labels").path("b").asText()).isEqualTo("2");
    assertThat(updated.path("index").asInt()).isGreaterThan(seen);
    Refused late = refusal(() -> node().update(id, seen, "node-update", Map.of("c", "3")));
    assertThat(late.status()).isEqualTo(500);
    assertThat(late).hasMessage("rpc error: code = Unknown desc = update out of sequence");
  }
}
