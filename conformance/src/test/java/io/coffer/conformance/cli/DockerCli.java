package io.coffer.conformance.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coffer.conformance.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One session of the docker command: a host, an empty configuration, a directory with files. */
final class DockerCli {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int DATA_MAX = 511_999;
  private static final int HUGE = 3_000_000;
  private static final String STACK =
      """
      version: "3.8"
      secrets:
        s1:
          file: %s
          labels:
            x: "y"
      """;

  private final String host;
  private final Path directory;
  private final Placeholder placeholders = new Placeholder();

  DockerCli(String host, Path directory) throws IOException {
    this.host = host;
    this.directory = directory;
    Files.createDirectory(directory.resolve("config"));
    Files.write(directory.resolve("f.txt"), "file-data".getBytes(UTF_8));
    Files.write(directory.resolve("empty.txt"), new byte[0]);
    Files.write(directory.resolve("max.bin"), bytes(DATA_MAX));
    Files.write(directory.resolve("over.bin"), bytes(DATA_MAX + 1));
    Files.write(directory.resolve("huge.bin"), bytes(HUGE));
    Files.writeString(directory.resolve("only.yml"), STACK.formatted("f.txt"));
    Files.writeString(directory.resolve("changed.yml"), STACK.formatted("max.bin"));
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0xff);
    return bytes;
  }

  /** Runs the command; what is not as recorded, one sentence each. */
  List<String> differences(Transcript.Entry entry) {
    Map<String, String> environment = new LinkedHashMap<>(entry.environment());
    environment.putIfAbsent("DOCKER_HOST", host);
    environment.put("DOCKER_CONFIG", directory.resolve("config").toString());
    Command done =
        Command.run(
            entry.words().stream().map(placeholders::fill).toList(),
            environment,
            directory,
            entry.stdin(),
            PATIENCE);
    List<String> differences = new ArrayList<>();
    if (done.exit() != entry.exit()) {
      differences.add("exit: expected %d, got %d".formatted(entry.exit(), done.exit()));
    }
    compare("stdout", entry.stdout(), done.stdout(), differences);
    compare("stderr", entry.stderr(), done.stderr(), differences);
    return differences;
  }

  private void compare(String name, String form, String got, List<String> differences) {
    if (!placeholders.matches(form, got)) {
      differences.add("%s: expected%n%s%ngot%n%s".formatted(name, form, got));
    }
  }
}
