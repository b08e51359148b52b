package io.coffer.api.docker.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SecretJsonTest {
  private static final Instant CREATED = Instant.parse("2026-11-22T05:03:23.067179068Z");
  private static final Instant UPDATED = Instant.parse("2026-11-22T05:03:24Z");

  @Test
  void aPlainSecretHasNeitherDriverNorTemplating() {
    assertThat(text(SecretJson.secret(secret(11, Map.of(), null, null))))
        .isEqualTo(
            "{\"ID\":\"qesh34s8ptyh8agvxeooquev8\",\"Version\":{\"Index\":11},"
                + "\"CreatedAt\":\"2026-11-22T05:03:23.067179068Z\","
                + "\"UpdatedAt\":\"2026-11-22T05:03:24Z\","
                + "\"Spec\":{\"Name\":\"a1\",\"Labels\":{}}}\n");
  }

  @Test
  void aSecretWithEverythingHasItInTheOrderOfTheEngine() {
    Driver driver = new Driver("zzvault", Utf8Order.copyOf(Map.of("c", "d", "a", "b")));
    Driver golang = new Driver("golang", Utf8Order.copyOf(Map.of()));
    assertThat(spec(secret(11, Map.of("k", "v"), driver, golang)))
        .isEqualTo(
            "{\"Name\":\"a1\",\"Labels\":{\"k\":\"v\"},"
                + "\"Driver\":{\"Name\":\"zzvault\",\"Options\":{\"a\":\"b\",\"c\":\"d\"}},"
                + "\"Templating\":{\"Name\":\"golang\"}}");
  }

  @Test
  void anEmptyTemplatingIsShownAndAnIndexOfZeroIsNot() {
    Driver empty = new Driver("", Utf8Order.copyOf(Map.of()));
    Driver nameless = new Driver("", Utf8Order.copyOf(Map.of("a", "b")));
    SecretView secret = secret(0, Map.of(), nameless, empty);
    assertThat(text(SecretJson.secret(secret))).contains("\"Version\":{},");
    assertThat(spec(secret)).endsWith("\"Driver\":{\"Options\":{\"a\":\"b\"}},\"Templating\":{}}");
  }

  @Test
  void labelsAreOrderedByTheirBytes() {
    Map<String, String> labels =
        Map.of("z", "1", "a", "2", "M", "3", "é", "4", "10", "5", "9", "6", "\uffee", "", "😀", "");
    assertThat(spec(secret(1, labels, null, null)))
        .contains(
            "{\"10\":\"5\",\"9\":\"6\",\"M\":\"3\",\"a\":\"2\",\"z\":\"1\",\"é\":\"4\","
                + "\"\uffee\":\"\",\"😀\":\"\"}");
    assertThat(text(new JsonWriter(1).map(new HashMap<>(labels)).line())).startsWith("{\"10\"");
  }

  @Test
  void aListIsAnArrayEvenIfThereIsNothing() {
    SecretView secret = secret(1, Map.of(), null, null);
    String one = text(SecretJson.secret(secret)).strip();
    assertThat(text(SecretJson.secrets(List.of()))).isEqualTo("[]\n");
    assertThat(text(SecretJson.secrets(List.of(secret, secret))))
        .isEqualTo("[" + one + "," + one + "]\n");
  }

  @Test
  void createAnswersTheIdUnderBothNames() {
    assertThat(text(SecretJson.created("x1"))).isEqualTo("{\"ID\":\"x1\",\"Id\":\"x1\"}\n");
  }

  @Test
  void errorsAreJsonOrForOldVersionsText() {
    DockerError error = SecretErrors.notFound("<\"a\">");
    assertThat(text(SecretJson.error(error, ApiVersion.MAX)))
        .isEqualTo("{\"message\":\"secret <\\\"a\\\"> not found\"}\n");
    assertThat(text(SecretJson.error(error, new ApiVersion("1.23"))))
        .isEqualTo("secret <\"a\"> not found\n");
  }

  @ParameterizedTest
  @MethodSource
  void escapesOnlyWhatGoEscapes(String text, String json) {
    assertThat(text(new JsonWriter(1).string(text).line())).isEqualTo("\"" + json + "\"\n");
  }

  static Stream<Arguments> escapesOnlyWhatGoEscapes() {
    return Stream.of(
        arguments("", ""),
        arguments("<a>&'/", "<a>&'/"),
        arguments("\"\\", "\\\"\\\\"),
        arguments("\b\f\n\r\t", "\\b\\f\\n\\r\\t"),
        arguments("\0\u0001\u001f", "\\u0000\\u0001\\u001f"),
        arguments("\u007f\u0080é✓😀\ufffd", "\u007f\u0080é✓😀\ufffd"),
        arguments("\u2027\u2028\u2029\u202a", "\u2027\\u2028\\u2029\u202a"),
        arguments("a\ud800b", "a\\ufffdb"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T05:03:23.087328950Z, 2026-11-22T05:03:23.08732895Z",
    "2026-01-02T03:04:16Z, 2026-01-02T03:04:16Z",
    "2026-01-02T03:04:16.500Z, 2026-01-02T03:04:16.5Z",
    "2026-12-31T23:59:59.000000001Z, 2026-12-31T23:59:59.000000001Z",
    "1970-01-01T00:00:00.100Z, 1970-01-01T00:00:00.1Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
  })
  void timesLoseTheZerosAtTheirEnd(Instant time, String written) {
    assertThat(text(new JsonWriter(1).time(time).line())).isEqualTo("\"" + written + "\"\n");
  }

  private static SecretView secret(
      long index,
      Map<String, String> labels,
      @Nullable Driver driver,
      @Nullable Driver templating) {
    return new SecretView(
        "qesh34s8ptyh8agvxeooquev8",
        index,
        CREATED,
        UPDATED,
        "a1",
        Utf8Order.copyOf(labels),
        driver,
        templating);
  }

  private static String spec(SecretView secret) {
    String json = text(SecretJson.secret(secret));
    return json.substring(json.indexOf("\"Spec\":") + 7, json.length() - 2);
  }

  private static String text(byte[] utf8) {
    return new String(utf8, UTF_8);
  }
}
