package io.coffer.api.docker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryStringTest {
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "x, ''",
    "x=1, 1",
    "&&x=1&, 1",
    "X=0&x=1&x=2, 1",
    "x=&x=2, ''",
    "x=a=b, a=b",
    "x=a+b%2B, a b+",
    "%78=1, 1",
    "x=%zz&x=2, 2",
    "x=1;y&x=2, 2",
    "x%=1&x=%ff, \ufffd",
    "x={\"names\":+[\"a\"]}, {\"names\": [\"a\"]}",
  })
  void theFirstWellFormedValueCounts(String query, String value) {
    assertThat(new QueryString(query).first("x")).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "a=%zz, invalid URL escape \"%zz\"",
    "a=1&%=7&b=%zz, invalid URL escape \"%\"",
    "a=%zz&b=1;c=2, invalid semicolon separator in query",
    "a=1;, invalid semicolon separator in query",
  })
  void tellsWhyAQueryIsMalformed(String query, String error) {
    assertThatThrownBy(() -> new QueryString(query).requireWellFormed())
        .isInstanceOfSatisfying(DockerError.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessage(error);
  }

  @Test
  void aWellFormedQueryPasses() {
    assertThatCode(() -> new QueryString("a=%20&=&b&&c=d%3b").requireWellFormed())
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "version=0, 0",
    "version=0011, 11",
    "version=5&version=x, 5",
    "Name=q&version=18446744073709551615, 18446744073709551615",
    "version=%31, 1",
  })
  void readsTheVersionOfAnObject(String query, String version) {
    assertThat(Long.toUnsignedString(new QueryString(query).objectVersion())).isEqualTo(version);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "version=",
        "Version=1",
        "version=abc",
        "version=-1",
        "version=%2B5",
        "version=+5",
        "version=1.5",
        "version=0x10",
        "version=1_0",
        "version=18446744073709551616",
        "version=%zz",
        "a=b;version=1",
        "version=x&version=1",
        "version=%D9%A1",
      })
  void anythingElseIsNoVersion(String query) {
    assertThatThrownBy(() -> new QueryString(query).objectVersion())
        .hasMessage("invalid secret version");
  }

  @Test
  void aQueryNeverPrintsBecauseSomeClientsPutThePayloadIntoIt() {
    assertThat(new QueryString("Data=aGVsbG8%3D")).hasToString("QueryString[15]");
  }
}
