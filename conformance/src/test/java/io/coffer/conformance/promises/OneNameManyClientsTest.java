package io.coffer.conformance.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.conformance.CofferProcess;
import io.coffer.conformance.Command;
import io.coffer.conformance.cases.Mismatch;
import io.coffer.conformance.cli.DockerCommand;
import io.coffer.conformance.docker.DockerClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten clients want one name at once: one gets it, and nine are told that it is taken. */
class OneNameManyClientsTest {
  private static final int CLIENTS = 10;
  private static final int NAMES = 5;
  private static final int NAMES_RAW = 50;

  @AutoClose private static CofferProcess coffer;
  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    coffer = CofferProcess.start();
  }

  @Test
  void processesOfTheDockerCommand() throws InterruptedException {
    DockerCommand.assumeFound(OneNameManyClientsTest.class);
    DockerCommand docker = new DockerCommand(coffer.environment().dockerHost(), directory);
    for (int i = 0; i < NAMES; i++) {
      String name = "one-name-" + i;
      List<Command> done =
          AtOnce.call(CLIENTS, _ -> docker.run("data", "secret", "create", name, "-"));

      List<Command> made = done.stream().filter(each -> each.exit() == 0).toList();
      assertThat(made).hasSize(1);
      assertThat(done)
          .filteredOn(each -> each.exit() != 0)
          .hasSize(CLIENTS - 1)
          .allSatisfy(each -> assertThat(each.stderr()).contains(taken(name)));
      assertThat(docker.run("", "secret", "ls", "-q", "--filter", "name=" + name).stdout())
          .isEqualTo(made.getFirst().stdout());
    }
  }

  @Test
  void connectionsThatAreOpenAlready() throws InterruptedException {
    for (int i = 0; i < NAMES_RAW; i++) {
      String name = "one-name-raw-" + i;
      List<String> done = AtOnce.call(CLIENTS, _ -> create(name));

      assertThat(done).filteredOn(each -> each.equals("made")).hasSize(1);
      assertThat(done)
          .filteredOn(each -> !each.equals("made"))
          .hasSize(CLIENTS - 1)
          .allSatisfy(each -> assertThat(each).contains(" 409 ").contains(taken(name)));
    }
  }

  private static String create(String name) {
    try (DockerClient docker = new DockerClient(coffer.environment().dockerSocket())) {
      docker.create(name, new byte[] {1});
      return "made";
    } catch (Mismatch refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  private static String taken(String name) {
    return "rpc error: code = AlreadyExists desc = secret " + name + " already exists";
  }
}
