package io.coffer.conformance.swarm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coffer.conformance.cli.DockerCommand;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What a machine must have for a swarm of our own: a busybox that needs no library, and more. */
record SwarmNeeds(Path busybox) {
  private static final int ROOT = 0;
  private static final int HEAD = 4_096;

  /** Skips the test, and says so in a line, on a machine that lacks something. */
  static SwarmNeeds assumeMet(Class<?> test) throws IOException {
    DockerCommand.assumeFound(test);
    assume(test, isRoot(), "only root can run dockerd");
    assume(test, find("dockerd").isPresent(), "no dockerd (docker.io)");
    assume(test, mayMakeNamespaces(), "this machine lets nobody make mounts and networks");
    Optional<Path> busybox = find("busybox");
    assume(
        test, busybox.isPresent() && isStatic(busybox.get()), "no static busybox (busybox-static)");
    return new SwarmNeeds(busybox.get());
  }

  /** Where to look for programs: daemons are where the path of a user may not lead. */
  static String path() {
    return String.join(
        File.pathSeparator, System.getenv().getOrDefault("PATH", ""), "/usr/sbin", "/sbin", "/bin");
  }

  private static Optional<Path> find(String program) {
    return Stream.of(path().split(File.pathSeparator))
        .map(each -> Path.of(each, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static boolean isRoot() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self)
        && Files.getAttribute(self, "unix:uid") instanceof Integer uid
        && uid == ROOT;
  }

  /** What a container needs, and what root in a container often may not. */
  private static boolean mayMakeNamespaces() throws IOException {
    Process probe =
        new ProcessBuilder("unshare", "--mount", "--net", "true")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return probe.waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A program that is not static names the loader it needs. */
  private static boolean isStatic(Path program) throws IOException {
    try (InputStream in = Files.newInputStream(program)) {
      return !new String(in.readNBytes(HEAD), ISO_8859_1).contains("/ld-");
    }
  }

  private static void assume(Class<?> test, boolean holds, String otherwise) {
    if (!holds) {
      System.err.println(test.getSimpleName() + " skipped: " + otherwise);
    }
    assumeTrue(holds, otherwise);
  }
}
