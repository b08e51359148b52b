package io.coffer.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DockerJavaTest extends SecretsClientContract {
  @Override
  void assumeFound() {} // It comes with the build.

  @Override
  SecretsClient overUnix(URI socket, Path directory) {
    return DockerJavaClient.overUnix(socket);
  }

  @Override
  SecretsClient overTls(URI url, Path authority, String token, Path directory) {
    return DockerJavaClient.overTls(url, authority, token);
  }

  @Test
  void throwsTheExceptionsItThrowsElsewhere() {
    client().create("java-taken", "x", Map.of());

    assertThat(refusal(() -> client().create("java-taken", "x", Map.of())).kind())
        .isEqualTo("ConflictException");
    assertThat(refusal(() -> client().remove("0123456789abcdefghijklmno")).kind())
        .isEqualTo("NotFoundException");
    assertThat(refusal(() -> client().create("java bad", "x", Map.of())).kind())
        .isEqualTo("BadRequestException");
  }
}
