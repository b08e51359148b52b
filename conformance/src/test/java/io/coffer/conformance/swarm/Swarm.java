package io.coffer.conformance.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.conformance.Command;
import io.coffer.conformance.cli.DockerCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A swarm of one node: a {@code dockerd} with directories, a socket and ports of its own, and an
 * image of nothing but busybox. It neither looks for images elsewhere nor touches the firewall.
 */
final class Swarm implements AutoCloseable {
  /** The image every service runs. */
  static final String IMAGE = "coffer-busybox:1";

  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Duration STOP_MAX = Duration.ofSeconds(30);
  private static final Duration COMMAND_MAX = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final Path BRIDGE = Path.of("/sys/class/net/docker_gwbridge");
  // Outside the range that the system gives to clients.
  private static final int DATA_PORT = 14_789;

  private final Path home;
  private final Path socket;
  private final boolean bridgeWasThere = Files.exists(BRIDGE);
  private final Process daemon;
  private final DockerCommand docker;

  private Swarm(Path home) throws IOException {
    this.home = home;
    this.socket = home.resolve("docker.sock");
    this.daemon = launch();
    this.docker = new DockerCommand("unix://" + socket, Files.createDirectory(home.resolve("cli")));
  }

  /** Starts one below {@code home}, which must have a short name. */
  static Swarm start(Path home, SwarmNeeds needs) throws IOException {
    Swarm swarm = new Swarm(home);
    try {
      swarm.await("the socket of dockerd", START_MAX, swarm::log, _ -> Files.exists(swarm.socket));
      swarm.ok(
          "",
          "swarm",
          "init",
          "--advertise-addr",
          "127.0.0.1",
          "--listen-addr",
          "127.0.0.1:" + freePort(),
          "--data-path-port",
          String.valueOf(DATA_PORT));
      swarm.ok("", "import", image(home, needs.busybox()).toString(), IMAGE);
      return swarm;
    } catch (IOException | AssertionError e) {
      swarm.close();
      throw e;
    }
  }

  private Process launch() throws IOException {
    ProcessBuilder process =
        new ProcessBuilder(
            "dockerd",
            "--data-root=" + home.resolve("data"),
            "--exec-root=" + home.resolve("exec"),
            "--pidfile=" + home.resolve("pid"),
            "--host=unix://" + socket,
            "--iptables=false",
            "--bridge=none",
            "--storage-driver=vfs");
    Map<String, String> environment = process.environment();
    environment.put("PATH", SwarmNeeds.path());
    // Or it asks a public registry for each task's image.
    environment.put("DOCKER_SERVICE_PREFER_OFFLINE_IMAGE", "1");
    return process
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("dockerd.log").toFile())
        .start();
  }

  /** A file system with busybox and what it takes to be a container's root. */
  private static Path image(Path home, Path busybox) throws IOException {
    Path root = home.resolve("root");
    for (String each : List.of("bin", "etc", "proc", "sys", "dev", "tmp", "run")) {
      Files.createDirectories(root.resolve(each));
    }
    Files.copy(busybox, root.resolve("bin/busybox"));
    Files.createSymbolicLink(root.resolve("bin/sh"), Path.of("busybox"));
    Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:root:/:/bin/sh\n");
    Path tar = home.resolve("image.tar");
    Command packed =
        Command.run(
            List.of("tar", "-C", root.toString(), "-cf", tar.toString(), "."),
            Map.of(),
            home,
            "",
            COMMAND_MAX);
    assertThat(packed.exit()).as(packed.stderr()).isZero();
    return tar;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  Command docker(String... words) {
    return docker.run("", words);
  }

  /** Runs {@code docker WORDS}, which must succeed, and returns what it printed. */
  String ok(String stdin, String... words) {
    Command done = docker.run(stdin, words);
    assertThat(done.exit())
        .as("docker %s%n%s%n%s", String.join(" ", words), done.stdout(), done.stderr())
        .isZero();
    return done.stdout().strip();
  }

  /**
   * Starts a service whose tasks print the file of {@code secret}, a line for it, and then stay.
   */
  void runPrinting(String service, String secret, int replicas) {
    ok(
        "",
        "service",
        "create",
        "--detach",
        "--no-resolve-image",
        "--name=" + service,
        "--replicas=" + replicas,
        "--secret=" + secret,
        "--restart-delay=1s",
        "--stop-grace-period=1s",
        IMAGE,
        "/bin/sh",
        "-c",
        "echo \"[$(cat /run/secrets/" + secret + ")]\"; exec /bin/busybox sleep 600");
  }

  /** Ends the tasks of a service and starts new ones. */
  void restartTasks(String service) {
    ok("", "service", "update", "--detach", "--force", "--no-resolve-image", service);
  }

  /** Waits until the tasks of a service, those that have ended too, have printed {@code lines}. */
  void awaitPrinted(String service, String... lines) {
    await(
        String.join(", ", lines) + " in the output of " + service,
        START_MAX,
        () -> docker("service", "logs", "--raw", service).stdout() + "\n" + tasks(service),
        text -> List.of(text.split("\n", -1)).containsAll(List.of(lines)));
  }

  /** Waits until a task of a service has failed for a reason that contains {@code words}. */
  void awaitFailed(String service, String words) {
    await(
        "a failed task of " + service,
        START_MAX,
        () -> tasks(service),
        text -> text.lines().anyMatch(line -> line.contains(words)));
  }

  private String tasks(String service) {
    return docker(
            "service", "ps", "--no-trunc", "--format", "{{.CurrentState}} | {{.Error}}", service)
        .stdout();
  }

  void await(String what, Duration max, Supplier<String> look, Predicate<String> enough) {
    long end = System.nanoTime() + max.toNanos();
    String seen = look.get();
    while (!enough.test(seen)) {
      if (System.nanoTime() > end || !daemon.isAlive()) {
        throw new AssertionError(
            "no %s in %s, dockerd %s%n%s%n-- dockerd%n%s"
                .formatted(what, max, daemon.isAlive() ? "alive" : "ended", seen, log()));
      }
      pause();
      seen = look.get();
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

  /** What the daemon has printed so far. */
  String log() {
    try {
      return Files.readString(home.resolve("dockerd.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      if (daemon.isAlive()) {
        docker("swarm", "leave", "--force"); // Which ends and removes the containers.
        removeBridge();
      }
    } finally {
      stop();
    }
  }

  /** Leaving a swarm leaves it behind, and it is held until the last of the swarm has gone. */
  private void removeBridge() {
    if (!bridgeWasThere) {
      await(
          "end of docker_gwbridge",
          STOP_MAX,
          () -> docker("network", "rm", "docker_gwbridge").stderr(),
          _ -> !Files.exists(BRIDGE));
    }
  }

  private void stop() {
    List<ProcessHandle> children = daemon.descendants().toList();
    daemon.destroy();
    try {
      if (!daemon.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        children.forEach(ProcessHandle::destroyForcibly);
        daemon.destroyForcibly().waitFor();
        throw new AssertionError("dockerd did not stop in " + STOP_MAX + "\n" + log());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
