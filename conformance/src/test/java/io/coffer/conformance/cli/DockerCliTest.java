package io.coffer.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coffer.conformance.CofferProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The docker command, as recorded against a swarm manager, against a running Coffer. */
class DockerCliTest {
  private static final String RECORDED = "28.";

  @AutoClose private static CofferProcess coffer;
  private static String release = "";

  @BeforeAll
  static void start() {
    DockerCommand.assumeFound(DockerCliTest.class);
    release = DockerCommand.release();
    coffer = CofferProcess.start();
  }

  @TestFactory
  Stream<DynamicTest> printsWhatItPrintsElsewhere(@TempDir Path directory) throws IOException {
    DockerCli cli = new DockerCli(coffer.environment().dockerHost(), directory);
    List<Transcript.Entry> entries = Transcript.read("/docker/cli.txt").entries();
    if (!release.startsWith(RECORDED)) {
      System.err.printf(
          "DockerCliTest: docker %s, %d of %d commands have other words in it and are not compared%n",
          release, entries.stream().filter(Transcript.Entry::ownWords).count(), entries.size());
    }
    return entries.stream()
        .map(entry -> DynamicTest.dynamicTest(entry.line(), () -> check(cli, entry)));
  }

  private static void check(DockerCli cli, Transcript.Entry entry) {
    List<String> differences = cli.differences(entry);
    assumeTrue(!entry.ownWords() || release.startsWith(RECORDED), "other words in " + release);
    assertThat(differences).as(entry.line()).isEmpty();
  }
}
