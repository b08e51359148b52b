package io.coffer.api.docker.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.Answer;
import io.coffer.server.AuditReader;
import io.coffer.server.Rest;
import io.coffer.server.RunningCoffer;
import io.coffer.server.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Docker door away from its socket: TLS, and a token for everything but a ping. */
final class DockerOverTlsTest {
  @TempDir private Path home = Path.of("");

  @Test
  void aCallerWithATokenIsServedAndNobodyElse() {
    List<String> records = new ArrayList<>();
    try (RunningCoffer coffer =
        RunningCoffer.start(home, Map.of(Setting.DOCKER_LISTEN, "127.0.0.1:0"))) {
      Rest door = coffer.dockerOverTls();

      assertThat(door.get("/_ping", "").body()).isEqualTo("OK");
      Answer refused = door.get("/v1.51/secrets", "t1.made.up");
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.body())
          .isEqualTo(
              "{\"message\":\"rpc error: code = Unauthenticated desc = Token is invalid or has"
                  + " expired.\"}\n");
      assertThat(door.get("/info", "").status()).isEqualTo(401);

      Answer made =
          door.post(
              "/v1.51/secrets/create",
              coffer.token(),
              "application/json",
              "{\"Name\":\"far\",\"Data\":\"dmFsdWU=\"}");
      assertThat(made.status()).isEqualTo(201);
      assertThat(door.get("/secrets/far", coffer.token()).status()).isEqualTo(200);

      AuditReader.walk(coffer.settings(), records::add);
    }
    assertThat(records)
        .filteredOn(line -> line.contains("\"GET /secrets\""))
        .singleElement()
        .asString()
        .contains("\"authenticated\":false", "\"remote_address\":\"127.0.0.1\"")
        .doesNotContain("t1.made.up");
    assertThat(records)
        .filteredOn(line -> line.contains("io.coffer.audit.docker.CreateSecret"))
        .singleElement()
        .asString()
        .contains("\"via\":\"iam-token\"");
  }
}
