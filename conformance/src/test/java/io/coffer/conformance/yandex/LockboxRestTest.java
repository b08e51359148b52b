package io.coffer.conformance.yandex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coffer.conformance.ClientEnvironment;
import io.coffer.conformance.Command;
import io.coffer.conformance.LineProgram;
import io.coffer.conformance.cases.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The REST calls of python-yc-lockbox, which logs in with a key and a signature of its own. */
class LockboxRestTest extends LockboxClientContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  void assumeFound() {
    Command python =
        Command.run(
            List.of("sh", "-c", "command -v python3"), Map.of(), Path.of("/"), "", PATIENCE);
    if (python.exit() != 0) {
      System.err.println("LockboxRestTest skipped: no python3 on PATH");
    }
    assumeTrue(python.exit() == 0, "no python3 on PATH");
  }

  @Override
  String credential(ClientEnvironment environment) {
    return environment.keyFile().toString();
  }

  @Override
  LockboxProgram start(
      ClientEnvironment environment, Path authority, String credential, Path directory)
      throws IOException {
    Path program = directory.resolve("lockbox_rest.py");
    Files.writeString(program, Corpus.text("/clients/lockbox_rest.py"));
    List<String> words =
        List.of(
            "python3",
            program.toString(),
            environment.url().getAuthority(),
            authority.toString(),
            credential);
    return new LockboxProgram(LineProgram.start("lockbox_rest.py", words, Map.of(), directory));
  }

  @Override
  String wordsOfDistrust() {
    return "CERTIFICATE_VERIFY_FAILED";
  }

  @Test
  void iteratesFromAnEmptyTokenToTheLastPage() {
    String id = client().create(folder(), "iterated", "k=1");
    String second = client().addVersion(id, "k=2");
    String third = client().addVersion(id, "k=3");

    assertThat(iterate("{\"secretId\":\"%s\",\"pageSize\":2}".formatted(id)))
        .hasSize(3)
        .contains(second, third);
    assertThat(iterate("{\"folderId\":\"%s\",\"pageSize\":1}".formatted(folder()))).contains(id);
  }

  private List<String> iterate(String request) {
    List<String> ids = new ArrayList<>();
    client().ask("iterate", request).path("ids").forEach(each -> ids.add(each.asText()));
    assertThat(ids).doesNotHaveDuplicates();
    return ids;
  }

  @Test
  void anIamTokenDoesInPlaceOfAKey() throws IOException {
    String id = client().create(folder(), "by-token", "k=v");
    ClientEnvironment environment = environment();

    try (LockboxProgram other =
        start(environment, environment.caCertificate(), environment.token(), directory())) {
      assertThat(other.payload(id)).containsExactly("k=v");
    }
  }
}
