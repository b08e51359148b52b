package io.coffer.api.docker.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EscapesTest {
  @ParameterizedTest
  @CsvSource({
    "/secrets/a%20b, /secrets/a b",
    "/secrets/a+b, /secrets/a+b",
    "/secrets/a%2Fb, /secrets/a/b",
    "/secrets/%c3%A9, /secrets/é",
    "/secrets/é, /secrets/é",
    "/secrets/%ff%e2%82, /secrets/\ufffd\ufffd\ufffd",
    "/secrets/%2525, /secrets/%25",
  })
  void decodesPaths(String raw, String decoded) {
    assertThat(Escapes.path(raw)).contains(decoded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%", "/%4", "/%zz", "/a%2", "/%4g", "/%+1"})
  void aMalformedEscapeMakesThePathNone(String raw) {
    assertThat(Escapes.path(raw)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a%zz, invalid URL escape \"%zz\"",
    "%zzz, invalid URL escape \"%zz\"",
    "%, invalid URL escape \"%\"",
    "%4, invalid URL escape \"%4\"",
    "%\", invalid URL escape \"%\\\"\"",
    "%é, invalid URL escape \"%é\"",
    "%4é, invalid URL escape \"%4\\xc3\"",
  })
  void showsWhereAQueryBreaks(String raw, String error) {
    assertThat(Escapes.queryError(raw, 0, raw.length())).contains(error);
  }
}
