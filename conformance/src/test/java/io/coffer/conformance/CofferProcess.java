package io.coffer.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The product, started as a user starts it, in directories of its own that go when it is closed.
 * Output goes to files, one pair a start, so that it outlives the process.
 */
public final class CofferProcess implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Duration STOP_MAX = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final int SOCKET_PATH_MAX = 100;
  private static final String READY = "coffer ready";

  private final Checkout checkout;
  private final Path home;
  private final List<String> options;
  private final Duration startMax;
  private int starts;
  private Process process;
  private ClientEnvironment environment;

  private CofferProcess(Checkout checkout, Path home, List<String> options, Duration startMax) {
    this.checkout = checkout;
    this.home = home;
    this.options = List.copyOf(options);
    this.startMax = startMax;
    this.process = launch();
    this.environment = awaitReady();
  }

  /** Starts the product that this build made; {@code options} go to {@code coffer server}. */
  public static CofferProcess start(String... options) {
    return start(Checkout.find(), List.of(options), START_MAX);
  }

  static CofferProcess start(Checkout checkout, List<String> options, Duration startMax) {
    try {
      // Not java.io.tmpdir: a Unix socket has room for about a hundred characters.
      Path home = Files.createTempDirectory(Path.of("/tmp"), "coffer");
      if (home.resolve("data/docker.sock").toString().length() > SOCKET_PATH_MAX) {
        throw new AssertionError("too long for a Unix socket: " + home);
      }
      return new CofferProcess(checkout, home, options, startMax);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How clients connect, as {@code coffer env} told after the last start. */
  public ClientEnvironment environment() {
    return environment;
  }

  public Path dataDir() {
    return home.resolve("data");
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What the current process has printed so far. */
  public String stdout() {
    return read(output("stdout"));
  }

  public String stderr() {
    return read(output("stderr"));
  }

  /** Everything this process has: data, keys, and what it and those before it printed. */
  public Path home() {
    return home;
  }

  public Path sealFile() {
    return home.resolve("seal/seal.key");
  }

  /** Runs another command of the product against this data directory. */
  public Command command(String... verbs) {
    List<String> words = new ArrayList<>();
    words.add(checkout.launcher().toString());
    words.addAll(List.of(verbs));
    words.add("--data-dir");
    words.add(dataDir().toString());
    return Command.run(words, surroundings(), home, "", START_MAX);
  }

  /** Runs {@code coffer audit WHAT} with the key that seals this data directory. */
  public Command audit(String what) {
    return command("audit", what, "--seal", "file:" + sealFile());
  }

  /** Runs one more server on this data directory, which must not come to serve, to its end. */
  public Command serverThatFails(Path otherSeal) {
    return Command.run(server(otherSeal), surroundings(), home, "", START_MAX);
  }

  /** Ends the process as a power cut would: it gets no chance to do anything. */
  public void kill9() {
    process.destroyForcibly();
    awaitExit();
  }

  /** Asks the process to stop and returns its exit code; more than 30 s is a failure. */
  public int terminate() {
    process.destroy();
    return awaitExit();
  }

  /** Starts again with the same directories; stops first if it is still running. */
  public void restart() {
    if (process.isAlive()) {
      terminate();
    }
    process = launch();
    environment = awaitReady();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill9();
    }
    deleteHome();
  }

  private Process launch() {
    starts++;
    try {
      Files.createDirectories(home.resolve("seal"));
      return Command.process(server(sealFile()), surroundings(), home)
          .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
          .redirectOutput(output("stdout").toFile())
          .redirectError(output("stderr").toFile())
          .start();
    } catch (IOException e) {
      deleteHome();
      throw new UncheckedIOException(e);
    }
  }

  private List<String> server(Path seal) {
    List<String> words = new ArrayList<>();
    words.add(checkout.launcher().toString());
    words.add("server");
    words.addAll(List.of("--data-dir", dataDir().toString()));
    words.addAll(List.of("--seal", "file:" + seal));
    words.addAll(List.of("--listen", "127.0.0.1:0"));
    words.addAll(List.of("--plaintext-listen", "127.0.0.1:0"));
    words.addAll(options);
    return words;
  }

  /** Where the product would look for files of a user: nothing of the one who builds. */
  private Map<String, String> surroundings() {
    return Map.of(
        "XDG_CONFIG_HOME", home.resolve("config").toString(),
        "XDG_DATA_HOME", home.resolve("share").toString());
  }

  private ClientEnvironment awaitReady() {
    long end = System.nanoTime() + startMax.toNanos();
    while (stdout().lines().noneMatch(line -> line.startsWith(READY))) {
      if (!process.isAlive()) {
        throw failed("ended with " + process.exitValue() + " before it was ready");
      }
      if (System.nanoTime() > end) {
        throw failed("was not ready in " + startMax);
      }
      pause();
    }
    Command env = command("env");
    if (env.exit() != 0) {
      throw failed("serves, but coffer env ended with " + env.exit() + ": " + env.stderr());
    }
    return ClientEnvironment.parse(env.stdout());
  }

  private AssertionError failed(String how) {
    AssertionError failed =
        new AssertionError(
            "coffer %s%n-- stdout%n%s%n-- stderr%n%s".formatted(how, stdout(), stderr()));
    close();
    return failed;
  }

  private int awaitExit() {
    try {
      if (!process.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("did not stop in " + STOP_MAX + "\n" + stderr());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private Path output(String name) {
    return home.resolve(name + "-" + starts + ".log");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void deleteHome() {
    if (!Files.exists(home)) {
      return; // A start that failed has cleaned up, and whoever asked for it closes all the same.
    }
    try {
      Files.walkFileTree(
          home,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
                throws IOException {
              if (e != null) {
                throw e;
              }
              Files.delete(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
