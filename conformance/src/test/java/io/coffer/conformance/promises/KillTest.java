package io.coffer.conformance.promises;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.conformance.CofferProcess;
import io.coffer.conformance.Command;
import io.coffer.conformance.docker.DockerClient;
import io.coffer.conformance.lockbox.LockboxClient;
import io.coffer.conformance.yandex.LockboxProgram;
import io.coffer.conformance.yandex.YandexSdk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9}: what was acknowledged is there. */
class KillTest {
  private static final int ROUNDS = 10;
  private static final int ROUNDS_MIN = 3;
  private static final int WRITERS = 4;
  private static final Duration ENOUGH = Duration.ofSeconds(40);

  @Test
  void aSecretIsReadThroughEitherDoorBeforeAndAfter(@TempDir Path directory) throws IOException {
    try (CofferProcess coffer = CofferProcess.start()) {
      byte[] value = {'a', 0, (byte) 0xff, '\n'};
      String byDocker = create(coffer, "kill-docker", value);
      String byRest = createByRest(coffer, "kill-rest");
      assertReadable(coffer, byDocker, value, byRest, directory);

      coffer.kill9();
      coffer.restart();

      assertReadable(coffer, byDocker, value, byRest, directory);
      assertSound(coffer);
    }
  }

  private static void assertReadable(
      CofferProcess coffer, String byDocker, byte[] value, String byRest, Path directory)
      throws IOException {
    try (LockboxClient rest = new LockboxClient(coffer.environment());
        DockerClient docker = new DockerClient(coffer.environment().dockerSocket());
        LockboxProgram sdk = YandexSdk.start(coffer.environment(), directory)) {
      assertThat(rest.onlyValue(byDocker)).isEqualTo(value);
      assertThat(rest.onlyValue(byRest)).isEqualTo("of REST".getBytes(UTF_8));
      assertThat(docker.inspect("kill-docker")).contains(byDocker);
      assertThat(sdk.payload(byDocker))
          .containsExactly("data=" + Base64.getEncoder().encodeToString(value));
    }
  }

  @Test
  void nothingAcknowledgedIsLostHoweverOftenItIsKilledUnderLoad() throws InterruptedException {
    Random random = new Random(20_251_122);
    Writers writers = new Writers();
    long end = System.nanoTime() + ENOUGH.toNanos();
    int rounds = 0;
    try (CofferProcess coffer = CofferProcess.start()) {
      while (rounds < ROUNDS && (rounds < ROUNDS_MIN || System.nanoTime() < end)) {
        writers.start(WRITERS, "load-" + rounds, coffer.environment().dockerSocket());
        writers.awaitAcknowledged(random.nextInt(1, 300));
        coffer.kill9();
        writers.join();
        coffer.restart();
        rounds++;
        List<String> there = names(coffer);
        assertThat(there).as("round %d", rounds).containsAll(writers.acknowledged());
        assertThat(writers.attempted()).as("round %d", rounds).containsAll(there);
        assertThat(there).as("round %d", rounds).doesNotHaveDuplicates();
      }
      assertSound(coffer);
      System.err.printf(
          "KillTest: %d rounds, %d creates acknowledged%n", rounds, writers.acknowledged().size());
    }
    assertThat(writers.acknowledged()).hasSizeGreaterThan(rounds);
  }

  private static void assertSound(CofferProcess coffer) {
    Command verify = coffer.audit("verify");
    assertThat(verify.stdout()).startsWith("sound: ");
    assertThat(verify.exit()).isZero();
  }

  private static String create(CofferProcess coffer, String name, byte[] data) {
    try (DockerClient docker = new DockerClient(coffer.environment().dockerSocket())) {
      return docker.create(name, data);
    }
  }

  private static String createByRest(CofferProcess coffer, String name) {
    try (LockboxClient rest = new LockboxClient(coffer.environment())) {
      return rest.create(coffer.environment().folderId(), name, "k", "of REST");
    }
  }

  private static List<String> names(CofferProcess coffer) {
    try (DockerClient docker = new DockerClient(coffer.environment().dockerSocket())) {
      return docker.names();
    }
  }
}
