package io.coffer.api.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.Answer;
import io.coffer.server.AuthorizedKey;
import io.coffer.server.RunningCoffer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logins with the key file of the first start. */
@Timeout(120)
final class LoginTest {
  @TempDir private static Path home;
  private static RunningCoffer coffer;

  @BeforeAll
  static void start() {
    coffer = RunningCoffer.start(home);
  }

  @AfterAll
  static void stop() {
    coffer.close();
  }

  @Test
  void aTokenComesWithItsEndTwelveHoursAhead() {
    Instant before = Instant.now();
    Answer answer = login(coffer.adminKey().jwt());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.body())
        .matches(
            "\\{\"iamToken\":\"t1\\.[A-Z0-9a-z_-]+[=]{0,2}\\.[A-Z0-9a-z_-]{86}[=]{0,2}\","
                + "\"expiresAt\":\"[^\"]+Z\"}");
    assertThat(Instant.parse(answer.member("expiresAt")))
        .isBetween(before.plus(Duration.ofHours(12)), Instant.now().plus(Duration.ofHours(12)));
  }

  @Test
  void everyAudienceThatClientsWriteIsOurs() {
    int port = URI.create(coffer.url()).getPort();
    for (String audience :
        List.of(
            AuthorizedKey.AUDIENCE,
            coffer.url() + "/iam/v1/tokens",
            "https://localhost:" + port + "/iam/v1/tokens",
            "https://iam.localhost:" + port + "/iam/v1/tokens",
            coffer.plaintextUrl() + "/iam/v1/tokens")) {
      Instant now = Instant.now();
      assertThat(login(coffer.adminKey().jwt(audience, now, now.plusSeconds(360))).status())
          .as(audience)
          .isEqualTo(200);
    }
  }

  @Test
  void aJwtMayBeUsedAgain() {
    String jwt = coffer.adminKey().jwt();
    assertThat(login(jwt).status()).isEqualTo(200);
    assertThat(login(jwt).status()).isEqualTo(200);
  }

  @Test
  void anOauthTokenIsNoLogin() {
    Answer answer =
        coffer.rest().post("/iam/v1/tokens", "", "{\"yandexPassportOauthToken\":\"hush\"}");
    assertThat(answer.status()).isEqualTo(501);
    assertThat(answer.body()).doesNotContain("hush");
  }

  private static Answer login(String jwt) {
    return coffer.rest().post("/iam/v1/tokens", "", "{\"jwt\":\"" + jwt + "\"}");
  }
}
