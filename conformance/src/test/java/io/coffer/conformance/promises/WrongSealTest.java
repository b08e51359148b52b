package io.coffer.conformance.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.conformance.CofferProcess;
import io.coffer.conformance.Command;
import io.coffer.conformance.docker.DockerClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that must not serve says why and leaves everything as it was. */
class WrongSealTest {
  private static final int UNAVAILABLE = 69;
  private static final Pattern FINGERPRINT = Pattern.compile("seal=([0-9a-f]+)");

  @Test
  void anotherKeyIsRefusedByFingerprintAndChangesNothing() throws IOException {
    try (CofferProcess coffer = CofferProcess.start();
        CofferProcess other = CofferProcess.start()) {
      coffer.terminate();
      other.terminate();
      Snapshot before = Snapshot.of(coffer.dataDir());

      Command refused = coffer.serverThatFails(other.sealFile());

      assertThat(refused.exit()).isEqualTo(UNAVAILABLE);
      assertThat(refused.stdout()).isEmpty();
      assertThat(refused.stderr())
          .contains(fingerprint(coffer), fingerprint(other))
          .doesNotContain("\tat ");
      assertThat(Snapshot.of(coffer.dataDir())).isEqualTo(before);

      coffer.restart();
      assertThat(coffer.isAlive()).isTrue();
    }
  }

  @Test
  void aKeyThatIsGoneIsNotMadeAnew(@TempDir Path directory) throws IOException {
    try (CofferProcess coffer = CofferProcess.start()) {
      coffer.terminate();
      Snapshot before = Snapshot.of(coffer.dataDir());
      Path gone = directory.resolve("gone.key");

      Command refused = coffer.serverThatFails(gone);

      assertThat(refused.exit()).isEqualTo(UNAVAILABLE);
      assertThat(refused.stderr()).contains(gone.toString()).doesNotContain("\tat ");
      assertThat(gone).doesNotExist();
      assertThat(Snapshot.of(coffer.dataDir())).isEqualTo(before);
    }
  }

  @Test
  void aSecondServerIsToldWhoTheFirstIs() {
    try (CofferProcess coffer = CofferProcess.start()) {
      Command refused = coffer.serverThatFails(coffer.sealFile());

      assertThat(refused.exit()).isEqualTo(UNAVAILABLE);
      assertThat(refused.stderr())
          .contains("in use by process " + coffer.pid())
          .doesNotContain("\tat ");
      try (DockerClient docker = new DockerClient(coffer.environment().dockerSocket())) {
        assertThat(docker.create("still-served", new byte[] {1})).hasSize(25);
      }
    }
  }

  private static String fingerprint(CofferProcess coffer) {
    Matcher found = FINGERPRINT.matcher(coffer.stderr());
    assertThat(found.find()).as("a fingerprint in %s", coffer.stderr()).isTrue();
    return found.group(1);
  }
}
