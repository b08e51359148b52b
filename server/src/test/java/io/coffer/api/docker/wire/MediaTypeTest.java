package io.coffer.api.docker.wire;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "APPLICATION/json",
        " application/json ",
        "application/json;",
        "application/json; charset=utf-8",
        "application/json;a=\"x;\\\"y\" ; b = c ;",
        "application/json; a=b; A=b",
        "application/json; a*0=\"\"; a*1=c",
      })
  void acceptsJsonWithAnyParameters(String header) {
    assertThatCode(() -> MediaType.requireJson(header)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "'', no media type",
    "/json, no media type",
    ";a=b, no media type",
    "application json, expected slash after first token",
    "application/, expected token after slash",
    "application/json x, unexpected content after media subtype",
    "application/json;;, invalid media parameter",
    "application/json; a, invalid media parameter",
    "application/json; a=, invalid media parameter",
    "'application/json; a=\"b', invalid media parameter",
    "text/plain; a=b c, invalid media parameter",
    "application/json; a=b; A=c, duplicate parameter name",
  })
  void tellsWhyAHeaderIsMalformed(String header, String why) {
    assertThatThrownBy(() -> MediaType.requireJson(header))
        .hasMessage("malformed Content-Type header (" + header + "): mime: " + why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "json", "application/x-www-form-urlencoded; a=b"})
  void tellsThatAnotherTypeIsUnsupported(String header) {
    assertThatThrownBy(() -> MediaType.requireJson(header))
        .hasMessage("unsupported Content-Type header (" + header + "): must be 'application/json'");
  }
}
