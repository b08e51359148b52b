package io.coffer.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command run to its end without a terminal: what it printed and its exit code. The environment
 * is the one given, and nothing else but {@code PATH}, {@code HOME} and {@code JAVA_HOME}.
 */
public record Command(String stdout, String stderr, int exit) {
  /**
   * Runs {@code words} in {@code directory}; throws {@link AssertionError} if they take longer than
   * {@code patience}.
   */
  public static Command run(
      List<String> words,
      Map<String, String> environment,
      Path directory,
      String stdin,
      Duration patience) {
    try {
      Path out = Files.createTempFile("stdout", null);
      Path err = Files.createTempFile("stderr", null);
      try {
        ProcessBuilder builder =
            process(words, environment, directory)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        return run(builder, stdin, patience, out, err);
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code words}, not started, in an environment that is {@code environment} and little else. */
  static ProcessBuilder process(
      List<String> words, Map<String, String> environment, Path directory) {
    ProcessBuilder process = new ProcessBuilder(words).directory(directory.toFile());
    // Whoever builds may have clients of another Coffer or Docker set up in their shell.
    process.environment().keySet().retainAll(List.of("PATH", "HOME", "JAVA_HOME"));
    process.environment().putAll(environment);
    return process;
  }

  private static Command run(
      ProcessBuilder builder, String stdin, Duration patience, Path out, Path err)
      throws IOException {
    Process process = builder.start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(stdin.getBytes(UTF_8));
    } catch (IOException _) {
      // The command does not care for its input; its answer tells whether that is right.
    }
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError("not done in " + patience + ": " + builder.command());
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    return new Command(
        new String(Files.readAllBytes(out), UTF_8),
        new String(Files.readAllBytes(err), UTF_8),
        process.exitValue());
  }
}
