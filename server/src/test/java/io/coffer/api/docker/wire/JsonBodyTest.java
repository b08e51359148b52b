package io.coffer.api.docker.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonBodyTest {
  private static final String JSON = Read.JSON;
  private static final String NO_TYPE = "malformed Content-Type header (): mime: no media type";
  private static final String EMPTY = "invalid JSON: got EOF while reading request body";
  private static final long CHUNKED = JsonBody.UNKNOWN_LENGTH;

  @ParameterizedTest
  @MethodSource
  void theRulesHoldInTheirOrder(String contentType, long length, String body, String answer) {
    assertThat(answer(contentType, length, body)).isEqualTo(answer);
  }

  static Stream<Arguments> theRulesHoldInTheirOrder() {
    String notJson = "unsupported Content-Type header (text/plain): must be 'application/json'";
    return Stream.of(
        arguments("", 0, "", "name ''"),
        arguments(JSON, 0, "", "name ''"),
        arguments("text/plain", 0, "", notJson),
        arguments("", 2, "{}", NO_TYPE),
        arguments("", CHUNKED, "{}", NO_TYPE),
        arguments("", CHUNKED, "", NO_TYPE),
        arguments(JSON, CHUNKED, "", EMPTY),
        arguments(JSON, 5, "", EMPTY),
        arguments(JSON, 2, " \n", EMPTY),
        arguments("text/plain", 2, "{x", notJson),
        arguments(JSON, 1, "{", "invalid JSON: unexpected EOF"),
        arguments("Application/JSON ; charset=utf-8", 14, "{\"Name\":\"q\"}  ", "name 'q'"),
        arguments(JSON, CHUNKED, "{\"Name\":\"q\"}", "name 'q'"));
  }

  @ParameterizedTest
  @MethodSource
  void onlyAClosingBracketMayFollow(String behind, String answer) {
    assertThat(answer(JSON, CHUNKED, "{\"Name\":\"q\"}" + behind)).isEqualTo(answer);
  }

  static Stream<Arguments> onlyAClosingBracketMayFollow() {
    String trailing = "unexpected content after JSON";
    return Stream.of(
        arguments("\r\n\t ", "name 'q'"),
        arguments("}", "name 'q'"),
        arguments(" ]x", "name 'q'"),
        arguments("x", trailing),
        arguments(" trailing garbage", trailing),
        arguments("{}", trailing),
        arguments(",", trailing),
        arguments("\0", trailing));
  }

  private static String answer(String contentType, long length, String body) {
    try (SecretSpec spec = JsonBody.secretSpec(contentType, length, body.getBytes(UTF_8))) {
      return "name '" + spec.name() + "'";
    } catch (DockerError e) {
      assertThat(e.status()).isEqualTo(400);
      return e.text();
    }
  }
}
