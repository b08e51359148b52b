package io.coffer.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A client in a process of its own that is told a line and answers with a line. Its environment is
 * the one given, and nothing else but {@code PATH}, {@code HOME} and {@code JAVA_HOME}.
 */
public final class LineProgram implements AutoCloseable {
  private static final int ANSWER_SECONDS_MAX = 60;

  private final String name;
  private final Process process;
  private final BufferedReader answers;
  private final Path errors;

  private LineProgram(String name, Process process, Path errors) {
    this.name = name;
    this.process = process;
    this.answers = process.inputReader(UTF_8);
    this.errors = errors;
  }

  /** Starts {@code words} in {@code directory}, which also takes what it says on its errors. */
  public static LineProgram start(
      String name, List<String> words, Map<String, String> environment, Path directory)
      throws IOException {
    Path errors = Files.createTempFile(directory, "errors", ".log");
    Process process =
        Command.process(words, environment, directory).redirectError(errors.toFile()).start();
    return new LineProgram(name, process, errors);
  }

  /** Sends a line and returns the one it is answered with. */
  public String ask(String line) {
    try {
      OutputStream out = process.getOutputStream();
      out.write((line + "\n").getBytes(UTF_8));
      out.flush();
      Optional<String> answer =
          CompletableFuture.supplyAsync(this::line).get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
      return answer.orElseThrow(() -> trouble("has ended"));
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw trouble("did not answer", e);
    } catch (ExecutionException e) {
      throw trouble("cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } catch (IOException e) {
      throw trouble("does not listen", e);
    }
  }

  private Optional<String> line() {
    try {
      return Optional.ofNullable(answers.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AssertionError trouble(String what) {
    return new AssertionError(name + " " + what + ":\n" + said());
  }

  private AssertionError trouble(String what, Exception cause) {
    return new AssertionError(name + " " + what + ":\n" + said(), cause);
  }

  /** What the program printed to its standard error. */
  public String said() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
