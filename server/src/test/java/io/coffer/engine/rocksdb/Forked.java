package io.coffer.engine.rocksdb;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process that runs a main class of the tests. */
public final class Forked implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private Forked(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /**
   * Starts it, on the class path of the tests.
   *
   * @param wrapper words of a command that runs the rest, such as {@code unshare -rm}
   */
  public static Forked start(List<String> wrapper, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Xmx128m");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    return new Forked(builder.start());
  }

  public long pid() {
    return process.pid();
  }

  /** The next line it writes; empty when it has ended. */
  public String line() throws IOException {
    String line = output.readLine();
    return line == null ? "" : line;
  }

  boolean hasOutput() throws IOException {
    return output.ready();
  }

  /** As {@code kill -9} does; what it has written can still be read. */
  public void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
