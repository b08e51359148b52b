package io.coffer.conformance.yandex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.conformance.CofferProcess;
import io.coffer.conformance.docker.DockerClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stock Java SDK: discovery, login with the key file, and an application's calls. */
class YandexJavaSdkTest {
  @AutoClose private static CofferProcess coffer;
  @AutoClose private static YandexSdk sdk;
  @TempDir private static Path directory;

  @BeforeAll
  static void start() throws IOException {
    coffer = CofferProcess.start();
    sdk = YandexSdk.start(coffer.environment(), directory);
  }

  @Test
  void createsASecretWaitsForTheOperationAndReadsThePayload() {
    List<String> created =
        sdk.ask("create", coffer.environment().folderId(), "sdk-one", "password", "Grüße, 世界");

    assertThat(created).hasSize(4).startsWith("created");
    assertThat(sdk.ask("read", created.get(1)))
        .containsExactly("payload", created.get(2), "password", "text", base64("Grüße, 世界"));
  }

  @Test
  void readsWhatTheDockerDoorTookIn() {
    String id;
    try (DockerClient docker = new DockerClient(coffer.environment().dockerSocket())) {
      id = docker.create("sdk-docker", new byte[] {0, (byte) 0xff, 'x', '\n'});
    }

    List<String> read = sdk.ask("read", id);

    assertThat(read).hasSize(5).startsWith("payload");
    assertThat(Base64.getDecoder().decode(read.get(4))).containsExactly(0, (byte) 0xff, 'x', '\n');
  }

  @Test
  void isToldWhatIsNotThere() {
    assertThat(sdk.ask("read", "e6q00000000000000000")).startsWith("refused", "NOT_FOUND");
  }

  @Test
  void refusesAServerOfAnUnknownAuthority() throws IOException {
    try (YandexSdk trusting = YandexSdk.startWithoutTrust(coffer.environment(), directory)) {
      assertThatThrownBy(() -> trusting.ask("read", "e6q00000000000000000"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("the SDK has ended")
          .hasMessageContaining("unable to find valid certification path");
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
