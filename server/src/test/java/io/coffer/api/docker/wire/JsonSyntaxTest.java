package io.coffer.api.docker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonSyntaxTest {
  @ParameterizedTest
  @MethodSource
  void tellsWhatIsWrongAsAnEngineDoes(String body, String error) {
    assertThat(Read.error(body)).isEqualTo("400 invalid JSON: " + error);
  }

  static Stream<Arguments> tellsWhatIsWrongAsAnEngineDoes() {
    return Stream.of(
        arguments("  \n", "got EOF while reading request body"),
        arguments("{", "unexpected EOF"),
        arguments("{\"Name\":\"q", "unexpected EOF"),
        arguments("{\"Name\":\"q\\", "unexpected EOF"),
        arguments("{\"Name\":\"q\\u00", "unexpected EOF"),
        arguments("{\"Name\"", "unexpected EOF"),
        arguments("[1,", "unexpected EOF"),
        arguments("tru", "unexpected EOF"),
        arguments("-", "unexpected EOF"),
        arguments("1.", "unexpected EOF"),
        arguments("1e+", "unexpected EOF"),
        arguments("{bad}", "invalid character 'b' looking for beginning of object key string"),
        arguments(
            "{'Name':'q'}", "invalid character '\\'' looking for beginning of object key string"),
        arguments(
            "{\"Name\":\"q\",\"Data\":\"eA==\",}",
            "invalid character '}' looking for beginning of object key string"),
        arguments("{\"Name\":NaN}", "invalid character 'N' looking for beginning of value"),
        arguments("[1,]", "invalid character ']' looking for beginning of value"),
        arguments("[,1]", "invalid character ',' looking for beginning of value"),
        arguments("{\"a\":}", "invalid character '}' looking for beginning of value"),
        arguments("{\"Name\":\"q\n\"}", "invalid character '\\n' in string literal"),
        arguments("{\"Name\":\"\\x\"}", "invalid character 'x' in string escape code"),
        arguments(
            "{\"Name\":\"\\u00g0\"}", "invalid character 'g' in \\u hexadecimal character escape"),
        arguments("{\"Name\" \"q\"}", "invalid character '\"' after object key"),
        arguments("{\"a\":1 \"b\"}", "invalid character '\"' after object key:value pair"),
        arguments("{\"a\":1]", "invalid character ']' after object key:value pair"),
        arguments("[1 2]", "invalid character '2' after array element"),
        arguments("[1}", "invalid character '}' after array element"),
        arguments("[01]", "invalid character '1' after array element"),
        arguments("[-x]", "invalid character 'x' in numeric literal"),
        arguments("[1.x]", "invalid character 'x' after decimal point in numeric literal"),
        arguments("[1ex]", "invalid character 'x' in exponent of numeric literal"),
        arguments("[trux]", "invalid character 'x' in literal true (expecting 'e')"),
        arguments("[folse]", "invalid character 'o' in literal false (expecting 'a')"),
        arguments("[nul]", "invalid character ']' in literal null (expecting 'l')"));
  }

  @ParameterizedTest
  @MethodSource
  void showsAByteAsTheCharacterOfItsCode(String hex, String shown) {
    assertThat(Read.error(HexFormat.of().parseHex(hex)))
        .isEqualTo(
            "400 invalid JSON: invalid character " + shown + " looking for beginning of value");
  }

  static Stream<Arguments> showsAByteAsTheCharacterOfItsCode() {
    return Stream.of(
        arguments("efbbbf7b7d", "'ï'"),
        arguments("1f8b0800000000000003abae050043bfa6a302000000", "'\\x1f'"),
        arguments("07", "'\\a'"),
        arguments("0b", "'\\v'"),
        arguments("08", "'\\b'"),
        arguments("0c", "'\\f'"),
        arguments("5c", "'\\\\'"),
        arguments("00", "'\\x00'"),
        arguments("7f", "'\\x7f'"),
        arguments("80", "'\\u0080'"),
        arguments("a0", "'\\u00a0'"),
        arguments("ad", "'\\u00ad'"),
        arguments("e9", "'é'"));
  }

  @Test
  void aSyntaxErrorWinsOverATypeErrorBeforeIt() {
    assertThat(Read.error("{\"Name\":5,\"Data\":\"!\",x}"))
        .isEqualTo(
            "400 invalid JSON: invalid character 'x' looking for beginning of object key string");
  }

  @Test
  void theDeepestNestingIsTenThousand() {
    String most = "{\"x\":" + "[".repeat(9_999) + "]".repeat(9_999) + "}";
    assertThat(Read.error(most)).startsWith("accepted");
    assertThat(Read.error("{\"x\":" + "[".repeat(10_000)))
        .isEqualTo("400 invalid JSON: invalid character '[' exceeded max depth");
    assertThat(Read.error("{\"x\":".repeat(10_001)))
        .isEqualTo("400 invalid JSON: invalid character '{' exceeded max depth");
  }

  @Test
  void manyBlanksBeforeTheValueAreFine() {
    assertThat(Read.error(" ".repeat(3_000_000) + "{}")).startsWith("accepted");
  }
}
