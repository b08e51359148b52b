package io.coffer.api.docker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiVersionTest {
  @ParameterizedTest
  @CsvSource({
    "1.41, 1.41, 0",
    "1.41.0, 1.41, 0",
    "01.041, 1.41, 0",
    "1.41.1, 1.41, 1",
    "1.9, 1.10, -1",
    "2, 1.99, 1",
    "1., 1, 0",
    "..., 0, 0",
    "99999999999999999999, 9223372036854775807, 0",
    "9223372036854775808, 9223372036854775806, 1",
  })
  void comparesPartByPartAsNumbers(String a, String b, int order) {
    assertThat(new ApiVersion(a).compareTo(new ApiVersion(b))).isEqualTo(order);
    assertThat(new ApiVersion(b).compareTo(new ApiVersion(a))).isEqualTo(-order);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.24", "1.25", "1.41", "1.51", "1.51.0", "01.051"})
  void whatIsBetweenMinimumAndMaximumIsServed(String version) {
    assertThatCode(() -> new ApiVersion(version).requireSupported()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.52", "1.51.1", "2", "01.060"})
  void tooNewIsToldWithTheTextAsSent(String version) {
    assertThatThrownBy(() -> new ApiVersion(version).requireSupported())
        .hasMessage(
            "client version " + version + " is too new. Maximum supported API version is 1.51");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1.23", "0", ".", "1.23.99"})
  void tooOldIsToldWithTheTextAsSent(String version) {
    assertThatThrownBy(() -> new ApiVersion(version).requireSupported())
        .hasMessage(
            "client version "
                + version
                + " is too old. Minimum supported API version is 1.24, please upgrade your client"
                + " to a newer version");
  }

  @Test
  void errorsBelowTheMinimumAreText() {
    assertThat(new ApiVersion("1.23").errorsAreJson()).isFalse();
    assertThat(new ApiVersion("1.24").errorsAreJson()).isTrue();
  }

  @Test
  void templatesNeedOneThirtySeven() {
    assertThatThrownBy(() -> new ApiVersion("1.36").requireTemplating())
        .hasMessage("secret templating is not supported on the specified API version: 1.36");
    assertThatCode(() -> new ApiVersion("1.37").requireTemplating()).doesNotThrowAnyException();
  }
}
