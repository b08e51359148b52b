package io.coffer.conformance.promises;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.CofferProcess;
import io.coffer.conformance.docker.DockerClient;
import io.coffer.conformance.docker.HttpAnswer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that saw the same version update it at once: one does, the others are told. */
class OneVersionManyClientsTest {
  private static final int ROUNDS = 200;

  @AutoClose private static CofferProcess coffer;

  @BeforeAll
  static void start() {
    coffer = CofferProcess.start();
  }

  @Test
  void ofTwoClientsExactlyOneUpdates() throws InterruptedException {
    exactlyOneUpdates(2);
  }

  @Test
  void ofEightClientsExactlyOneUpdates() throws InterruptedException {
    exactlyOneUpdates(8);
  }

  private static void exactlyOneUpdates(int clients) throws InterruptedException {
    String name = "one-version-" + clients;
    List<DockerClient> open =
        Stream.generate(() -> new DockerClient(coffer.environment().dockerSocket()))
            .limit(clients)
            .toList();
    try {
      String id = open.getFirst().create(name, new byte[] {1});
      long before = 0;
      for (int round = 0; round < ROUNDS; round++) {
        JsonNode seen = open.getFirst().send("GET", "/secrets/" + id).json();
        long index = seen.at("/Version/Index").asLong();
        assertThat(index).isGreaterThan(before);
        before = index;
        String path = "/secrets/" + id + "/update?version=" + index;
        List<HttpAnswer> answers = AtOnce.call(clients, i -> open.get(i).post(path, spec(name, i)));

        int[] updated =
            IntStream.range(0, clients).filter(i -> answers.get(i).status() == 200).toArray();
        assertThat(updated).as("round %d", round).hasSize(1);
        assertThat(answers)
            .filteredOn(each -> each.status() != 200)
            .allSatisfy(each ->
                assertThat(each.status() + " " + each.text())
                    .startsWith("500 ")
                    .contains("update out of sequence"));
        assertThat(open.getFirst().send("GET", "/secrets/" + id).json().at("/Spec/Labels/by"))
            .as("round %d", round)
            .hasToString("\"" + updated[0] + "\"");
      }
    } finally {
      open.forEach(DockerClient::close);
    }
  }

  private static String spec(String name, int by) {
    return "{\"Name\":\"%s\",\"Labels\":{\"by\":\"%d\"}}".formatted(name, by);
  }
}
