package io.coffer.conformance.swarm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.conformance.CofferProcess;
import io.coffer.conformance.Command;
import io.coffer.conformance.cli.DockerCommand;
import io.coffer.conformance.docker.DockerClient;
import io.coffer.conformance.lockbox.LockboxClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services of a swarm read secrets that Coffer keeps: the name stays and the value moves. */
class SwarmTest {
  private static final Path PLUGINS = Path.of("/run/docker/plugins");

  /** Nobody else's: other daemons of this machine look in the same directory. */
  private static final String PROVIDER = "coffer" + ProcessHandle.current().pid();

  private static final Path SOCKET = PLUGINS.resolve(PROVIDER + ".sock");

  @TempDir private static Path directory;
  @AutoClose private static CofferProcess coffer;
  @AutoClose private static Swarm swarm;

  @BeforeAll
  static void start() throws IOException {
    SwarmNeeds needs = SwarmNeeds.assumeMet(SwarmTest.class);
    Files.createDirectories(PLUGINS);
    coffer = CofferProcess.start("--docker-driver-listen", "unix:" + SOCKET);
    swarm = Swarm.start(directory, needs);
  }

  @AfterAll
  static void removeSocket() throws IOException {
    Files.deleteIfExists(SOCKET);
  }

  @Test
  void aTaskReadsTheValueThatCofferKeeps() {
    create("plain", "value of plain");
    provide("by-name", "plain");

    swarm.runPrinting("reads", "by-name", 1);

    swarm.awaitPrinted("reads", "[value of plain]");
  }

  @Test
  void withoutALabelTheSecretOfTheSameNameIsMeant() {
    create("same-name", "value of same-name");
    swarm.ok("", "secret", "create", "--driver", PROVIDER, "same-name");

    swarm.runPrinting("reads-same", "same-name", 1);

    swarm.awaitPrinted("reads-same", "[value of same-name]");
  }

  @Test
  void aTaskThatIsRestartedReadsTheValueThatIsCurrent() {
    String id = create("rotated", "old value");
    provide("rotates", "rotated");
    swarm.runPrinting("rotation", "rotates", 1);
    swarm.awaitPrinted("rotation", "[old value]");

    addVersion(id, "data", "new value");
    swarm.restartTasks("rotation");

    swarm.awaitPrinted("rotation", "[old value]", "[new value]");
  }

  @Test
  void labelsNameAnEntryAndAVersion() {
    String id = createByLockbox("entries", "user", "robot");
    String first = currentVersion(id);
    addVersion(id, "user", "successor");
    provide("the-user", "entries", "io.coffer.entry=user");
    provide("the-first", "entries", "io.coffer.entry=user", "io.coffer.version=" + first);

    swarm.runPrinting("reads-user", "the-user", 1);
    swarm.runPrinting("reads-first", "the-first", 1);

    swarm.awaitPrinted("reads-user", "[successor]");
    swarm.awaitPrinted("reads-first", "[robot]");
  }

  @Test
  void aTemplateIsExpandedForEachTask(@TempDir Path config) {
    DockerCommand docker = new DockerCommand(coffer.environment().dockerHost(), config);
    Command made =
        docker.run(
            "{{.Service.Name}} {{.Task.Slot}} {{join \"-\" \"a\" \"b\"}}",
            "secret",
            "create",
            "--template-driver=golang",
            "template",
            "-");
    assertThat(made.exit()).as(made.stderr()).isZero();
    provide("expanded", "template");

    swarm.runPrinting("fills", "expanded", 2);

    swarm.awaitPrinted("fills", "[fills 1 a-b]", "[fills 2 a-b]");
  }

  @Test
  void whileCofferIsStoppedTasksFailAndThenTheyRecover() {
    create("outage", "value after the outage");
    provide("fails", "outage");
    assertThat(coffer.terminate()).isZero();
    try {
      swarm.runPrinting("recovers", "fails", 1);
      swarm.awaitFailed("recovers", "unable to get secret from secret store");
    } finally {
      coffer.restart();
    }

    swarm.awaitPrinted("recovers", "[value after the outage]");
  }

  @Test
  void aSecretThatIsNotThereFailsTheTaskAndNotTheSwarm() {
    provide("dangling", "nobody-made-this");

    swarm.runPrinting("dangles", "dangling", 1);

    swarm.awaitFailed("dangles", "unable to get secret from secret store");
    create("nobody-made-this", "made late");
    swarm.awaitPrinted("dangles", "[made late]");
  }

  /** In the swarm: {@code name}, which stands for the secret of Coffer's that a label names. */
  private static void provide(String name, String secret, String... labels) {
    List<String> words = new ArrayList<>(List.of("secret", "create", "--driver", PROVIDER));
    words.add("--label=io.coffer.secret=" + secret);
    for (String label : labels) {
      words.add("--label=" + label);
    }
    words.add(name);
    swarm.ok("", words.toArray(String[]::new));
  }

  private static String create(String name, String value) {
    try (DockerClient docker = new DockerClient(coffer.environment().dockerSocket())) {
      return docker.create(name, value.getBytes(UTF_8));
    }
  }

  private static String createByLockbox(String name, String key, String value) {
    try (LockboxClient lockbox = new LockboxClient(coffer.environment())) {
      String id = lockbox.create(coffer.environment().dockerFolderId(), name, key, value);
      addVersion(id, "other", "of no interest");
      return id;
    }
  }

  private static void addVersion(String id, String key, String value) {
    try (LockboxClient lockbox = new LockboxClient(coffer.environment())) {
      lockbox.addVersion(id, key, value);
    }
  }

  private static String currentVersion(String id) {
    try (LockboxClient lockbox = new LockboxClient(coffer.environment())) {
      return lockbox.read("/lockbox/v1/secrets/" + id).at("/currentVersion/id").asText();
    }
  }
}
