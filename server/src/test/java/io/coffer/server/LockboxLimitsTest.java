package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coffer.core.secret.SecretLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LockboxLimitsTest {
  private static final Defaults DEFAULTS = Defaults.of(Map.of("HOME", "/nowhere"));

  @Test
  void withoutAnythingTheyAreTheServicesOwn() {
    assertThat(Settings.parse(Map.of(), DEFAULTS).lockbox())
        .isEqualTo(
            new LockboxLimits(
                new SecretLimits(10_000, 1_000, 65_536), Duration.ofDays(30), Duration.ofDays(1)));
  }

  @Test
  void eachIsSet() {
    assertThat(
            Settings.parse(
                    Map.of(
                        Setting.SECRETS_PER_CLOUD, "10000000",
                        Setting.VERSIONS_PER_SECRET, "100000",
                        Setting.VERSION_SIZE, "511999",
                        Setting.OPERATION_RETENTION, "3650d",
                        Setting.IDEMPOTENCY_RETENTION, "90s"),
                    DEFAULTS)
                .lockbox())
        .isEqualTo(
            new LockboxLimits(
                new SecretLimits(10_000_000, 100_000, 511_999),
                Duration.ofDays(3_650),
                Duration.ofSeconds(90)));
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "x", "10000001", "1.5", "99999999999999999999"})
  void aNumberOutOfItsRangeIsRefusedWithTheRange(String number) {
    assertThat(mistakes(Map.of(Setting.SECRETS_PER_CLOUD, number)))
        .containsExactly("--secrets-per-cloud: must be a number from 1 to 10000000");
  }

  @Test
  void noneOfThemGoesBeyondWhatWasTried() {
    assertThat(mistakes(Map.of(Setting.VERSIONS_PER_SECRET, "100001")))
        .containsExactly("--versions-per-secret: must be a number from 1 to 100000");
    assertThat(mistakes(Map.of(Setting.VERSION_SIZE, "512000")))
        .containsExactly("--version-size: must be a number from 1 to 511999");
  }

  @ParameterizedTest
  @CsvSource({"0d", "1", "d", "-1d", "1w", "1 d", "3651d", "999999999d", "9999999999s"})
  void whatIsNoDurationIsRefusedWithTheForm(String duration) {
    assertThat(mistakes(Map.of(Setting.OPERATION_RETENTION, duration)))
        .containsExactly(
            "--operation-retention: must be like 90s, 30m, 24h or 30d, and at most 3650d");
  }

  @Test
  void aKeyIsNotKnownLongerThanItsOperation() {
    assertThat(mistakes(Map.of(Setting.OPERATION_RETENTION, "23h")))
        .containsExactly(
            "--idempotency-retention: must not be longer than --operation-retention: "
                + "the operation is what a key is answered with");
  }

  private static List<String> mistakes(Map<Setting, String> given) {
    return catchThrowableOfType(Mistakes.class, () -> Settings.parse(given, DEFAULTS)).sentences();
  }
}
