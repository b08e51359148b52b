package io.coffer.api.docker.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.coffer.SecretBytes;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The payload on its way from the body to {@link SecretBytes}. */
class DataTest {
  @ParameterizedTest
  @CsvSource({
    "!!!!, 0",
    "aGVsbG8, 4",
    "'aGVs bG8=', 4",
    "eA==eA==, 4",
    "eA=, 3",
    "eA===, 4",
    "e, 0",
    "AAAAAAAA!, 8",
    "é==, 0",
    "=, 0",
    "e===, 1",
    "eA=x, 2",
    "eA=\\nx, 3",
    "ab, 0",
    "abc, 0",
    "abcdab\\n, 5",
    "eA==\\nx, 5",
    "\\u0065A=\\/, 2",
    "-A+A, 2",
    "+A-A, 2",
    "/_==, 1",
    "__/=, 2"
  })
  void tellsTheByteWhereBase64EndsAsGoDoes(String json, int at) {
    assertThat(Read.error(Read.withData("\"" + json + "\"")))
        .isEqualTo("400 invalid JSON: illegal base64 data at input byte " + at);
  }

  @Test
  void aByteThatIsNotUtf8CountsAsTheThreeThatReplaceIt() {
    byte[] body = Read.withData("\"AAAA\u00ff\"").getBytes(ISO_8859_1);
    assertThat(Read.error(body)).endsWith("at input byte 4");
    assertThat(Read.error(Read.withData("\"AAAA\\n\\n=\""))).endsWith("at input byte 6");
  }

  @ParameterizedTest
  @MethodSource
  void readsDataInEveryFormGoDoes(String json, String data) {
    assertThat(Read.data(Read.withData(json))).isEqualTo(data);
  }

  static Stream<Arguments> readsDataInEveryFormGoDoes() {
    return Stream.of(
        arguments("null", ""),
        arguments("\"\"", ""),
        arguments("[]", ""),
        arguments("\"aGVsbG8=\"", "hello"),
        arguments("\"eB==\"", "x"),
        arguments("\"+/+/\"", "\u00fb\u00ff\u00bf"),
        arguments("\"aGVs\\r\\nbG8=\\n\"", "hello"),
        arguments("\"eA=\\n=\"", "x"),
        arguments("\"\\n\\r\"", ""),
        arguments("\"\\u002b\\/+\\u002F\"", "\u00fb\u00ff\u00bf"),
        arguments("[104,101,108]", "hel"),
        arguments("[0, 255 ,null]", "\0\u00ff\0"),
        arguments("\"eA==\",\"Data\":\"\"", ""),
        arguments("\"eA==\",\"Data\":null", ""),
        arguments("\"eA==\",\"data\":\"eQ==\"", "y"),
        arguments("\"YWJj\",\"Data\":[null]", "a"),
        arguments("\"YWJj\",\"Data\":[120],\"Data\":[null,null,null,null]", "xbc\0"),
        arguments("\"YWJj\",\"Data\":[],\"Data\":[null,null]", "\0\0"));
  }

  @Test
  void readsTheUrlSafeAlphabetToo() {
    assertThat(Read.data(Read.withData("\"-_-_\""))).isEqualTo("\u00fb\u00ff\u00bf");
    assertThat(Read.data(Read.withData("\"__8=\""))).isEqualTo("\u00ff\u00ff");
  }

  @Test
  void readsWhateverBase64WasMadeOf() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(25);
    for (int length = 0; length < 300; length++) {
      byte[] payload = new byte[length];
      random.nextBytes(payload);
      String expected = new String(payload, ISO_8859_1);
      String standard = Base64.getMimeEncoder().encodeToString(payload).replace("\r\n", "\\r\\n");
      String url = Base64.getUrlEncoder().encodeToString(payload);

      assertThat(Read.data(Read.withData("\"" + standard + "\""))).isEqualTo(expected);
      assertThat(Read.data(Read.withData("\"" + url + "\""))).isEqualTo(expected);
      assertThat(Read.data(Read.withData(numbers(payload)))).isEqualTo(expected);
    }
  }

  private static String numbers(byte[] payload) {
    int[] unsigned = new int[payload.length];
    Arrays.setAll(unsigned, i -> payload[i] & 0xff);
    return Arrays.toString(unsigned);
  }

  @Test
  void theDataDoesNotDependOnTheBodyAfterwards() {
    byte[] body = Read.withData("\"aGVsbG8=\"").getBytes(UTF_8);
    try (SecretSpec spec = Read.spec(body)) {
      Arrays.fill(body, (byte) 0);
      assertThat(spec.data().<String>lend(bytes -> new String(bytes, ISO_8859_1)))
          .isEqualTo("hello");
    }
  }

  @Test
  void aSpecNeverPrintsItsDataAndWipesItOnClose() {
    SecretSpec spec = Read.spec(Read.withData("\"aGVsbG8=\""));
    assertThat(spec.toString()).contains("redacted").doesNotContain("aGVsbG8", "hello");
    byte[] seen = spec.data().lend(bytes -> bytes);
    spec.close();
    assertThat(seen).containsOnly(0);
    assertThatThrownBy(() -> spec.data().lend(bytes -> bytes)).isInstanceOf(AssertionError.class);
  }

  @Test
  void aFieldHandsOverOnceAndOnlyWhatItReaches() {
    try (DataField field = new DataField(GoBase64.Reading.URL_SAFE_TOO)) {
      byte[] text = "YWJj".getBytes(UTF_8);
      field.decode(text, 0, text.length);
      field.cut(1);
      try (SecretBytes taken = field.take()) {
        assertThat(taken.length()).isEqualTo(1);
      }
      try (SecretBytes nothing = field.take()) {
        assertThat(nothing.length()).isZero();
      }
    }
  }
}
