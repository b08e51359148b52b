package io.coffer.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process around a launcher that only pretends. */
class CofferProcessTest {
  private static final Duration START_MAX = Duration.ofSeconds(20);

  private static final String SERVES =
      """
      #!/bin/sh
      if [ "$1" = env ]; then
        echo "export DOCKER_HOST='unix://$3/docker.sock'"
        echo "export COFFER_TOKEN='it'\\\\''s'"
        echo "export COFFER_PLAINTEXT_URL='http://127.0.0.1:$(cat "$3/starts" | wc -l)'"
        exit 0
      fi
      mkdir -p "$3"
      echo "$@" >> "$3/starts"
      trap 'echo bye; exit 7' TERM
      echo "starting, $XDG_CONFIG_HOME" >&2
      echo "coffer ready and so on"
      while :; do sleep 0.05; done
      """;

  @TempDir private Path root;

  private Checkout product(String launcher) throws IOException {
    Path file = root.resolve("coffer");
    Files.writeString(file, launcher);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return new Checkout(root);
  }

  @Test
  void startsAndTellsHowToConnect() throws IOException {
    try (CofferProcess coffer =
        CofferProcess.start(product(SERVES), List.of("--docker-socket", "x"), START_MAX)) {
      assertThat(coffer.environment().dockerSocket())
          .isEqualTo(coffer.dataDir().resolve("docker.sock"));
      assertThat(coffer.environment().token()).isEqualTo("it's");
      assertThat(coffer.stdout()).startsWith("coffer ready");
      assertThat(coffer.stderr()).matches("starting, /tmp/coffer\\d+/config\n");
      assertThat(Files.readString(coffer.dataDir().resolve("starts")))
          .matches(
              "server --data-dir /tmp/coffer\\d+/data --seal file:/tmp/coffer\\d+/seal/seal.key"
                  + " --listen 127.0.0.1:0 --plaintext-listen 127.0.0.1:0 --docker-socket x\n");
    }
  }

  @Test
  void killsTerminatesAndStartsAgainInTheSamePlace() throws IOException {
    try (CofferProcess coffer = CofferProcess.start(product(SERVES), List.of(), START_MAX)) {
      coffer.kill9();
      assertThat(coffer.isAlive()).isFalse();
      assertThat(coffer.stdout()).doesNotContain("bye");

      coffer.restart();
      assertThat(coffer.isAlive()).isTrue();
      assertThat(coffer.environment().plaintextUrl()).hasPort(2);
      assertThat(coffer.terminate()).isEqualTo(7);
      assertThat(coffer.stdout()).endsWith("bye\n");

      coffer.restart();
      long third = coffer.pid();
      coffer.restart();
      assertThat(coffer.pid()).isNotEqualTo(third);
      assertThat(coffer.environment().plaintextUrl()).hasPort(4);
    }
  }

  @Test
  void leavesNothingBehind() throws IOException {
    CofferProcess coffer = CofferProcess.start(product(SERVES), List.of(), START_MAX);
    coffer.close();

    assertThat(coffer.isAlive()).isFalse();
    assertThat(coffer.dataDir().getParent()).doesNotExist();
  }

  @Test
  void aStartThatFailsShowsWhatWasPrinted() throws IOException {
    Checkout broken = product("#!/bin/sh\necho out\necho reason >&2\nexit 5\n");

    assertThatThrownBy(() -> CofferProcess.start(broken, List.of(), START_MAX))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ended with 5 before it was ready")
        .hasMessageContaining("out")
        .hasMessageContaining("reason");
  }

  @Test
  void aStartThatTakesTooLongIsEnded() throws IOException {
    Checkout slow = product("#!/bin/sh\necho not coffer ready\nexec sleep 60\n");

    assertThatThrownBy(() -> CofferProcess.start(slow, List.of(), Duration.ofMillis(300)))
        .hasMessageContaining("was not ready in PT0.3S");
  }

  @Test
  void whatIsNotAnExportIsRefusedWithoutItsValue() {
    assertThatThrownBy(() -> ClientEnvironment.parse("export A='x'\nCOFFER_TOKEN=t1.secret"))
        .hasMessage("not an export: COFFER_TOKEN=…");
    assertThatThrownBy(() -> ClientEnvironment.parse("export A='x'").token())
        .hasMessageContaining("exports no COFFER_TOKEN, only [A]");
  }
}
