package io.coffer.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.conformance.CofferProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The docker command, as recorded against a swarm manager, against a running Coffer. */
class DockerCliTest {
  @AutoClose private static CofferProcess coffer;

  @BeforeAll
  static void start() {
    DockerCommand.assumeFound(DockerCliTest.class);
    coffer = CofferProcess.start();
  }

  @TestFactory
  Stream<DynamicTest> printsWhatItPrintsElsewhere(@TempDir Path directory) throws IOException {
    DockerCli cli = new DockerCli(coffer.environment().dockerHost(), directory);
    return Transcript.read("/docker/cli.txt").entries().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.line(), () -> check(cli, entry)));
  }

  private static void check(DockerCli cli, Transcript.Entry entry) {
    assertThat(cli.differences(entry)).as(entry.line()).isEmpty();
  }
}
