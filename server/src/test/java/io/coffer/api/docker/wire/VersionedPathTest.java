package io.coffer.api.docker.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionedPathTest {
  @ParameterizedTest
  @CsvSource({
    "/secrets, 1.51, /secrets",
    "/v1.41/secrets/create, 1.41, /secrets/create",
    "/v01.041.0/_ping, 01.041.0, /_ping",
    "/v.../x, ..., /x",
    "/v1.41/, 1.41, /",
    "/v1.41, 1.51, /v1.41",
    "/v1.x/secrets, 1.51, /v1.x/secrets",
    "/V1.41/secrets, 1.51, /V1.41/secrets",
    "/v/secrets, 1.51, /v/secrets",
    "/version, 1.51, /version",
    "/volumes, 1.51, /volumes",
    "v1.41/secrets, 1.51, v1.41/secrets",
  })
  void splitsAVersionOffOnlyIfItIsWellFormed(String path, String version, String rest) {
    assertThat(VersionedPath.of(path)).isEqualTo(new VersionedPath(new ApiVersion(version), rest));
  }
}
