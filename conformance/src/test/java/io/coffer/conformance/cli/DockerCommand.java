package io.coffer.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coffer.conformance.Command;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The docker command where there is one. */
public final class DockerCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern RELEASE = Pattern.compile("Docker version ([0-9.]+)");

  private final String host;
  private final Path directory;

  /**
   * One that talks to {@code host}.
   *
   * @param directory where it runs and would look for a configuration
   */
  public DockerCommand(String host, Path directory) {
    this.host = host;
    this.directory = directory;
  }

  /** Skips the test, and says so, where there is no docker command. */
  public static void assumeFound(Class<?> test) {
    boolean found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(each -> Path.of(each, "docker").toFile().canExecute());
    if (!found) {
      System.err.println(test.getSimpleName() + " skipped: no docker command on PATH");
    }
    assumeTrue(found, "no docker command on PATH");
  }

  /** The release of the command, such as {@code 28.2.2}. */
  static String release() {
    Command version =
        Command.run(List.of("docker", "--version"), Map.of(), Path.of("/"), "", PATIENCE);
    Matcher release = RELEASE.matcher(version.stdout());
    assertThat(release.lookingAt()).as(version.stdout()).isTrue();
    return release.group(1);
  }

  /** Runs {@code docker WORDS} with {@code stdin}. */
  public Command run(String stdin, String... words) {
    List<String> all = new ArrayList<>(List.of("docker"));
    all.addAll(List.of(words));
    return Command.run(
        all,
        Map.of("DOCKER_HOST", host, "DOCKER_CONFIG", directory.toString()),
        directory,
        stdin,
        PATIENCE);
  }
}
