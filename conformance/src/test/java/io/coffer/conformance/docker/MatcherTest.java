package io.coffer.conformance.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.conformance.cases.Json;
import io.coffer.conformance.cases.Mismatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatcherTest {
  private static final String ID = "\"83122ahjti826qq1t6qzg90cx\"";

  private final Variables variables = new Variables();
  private final Matcher matcher = new Matcher(variables);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // expected | what fits | what does not
        "1 | 1 | 2",
        "1 | 1 | 1.0",
        "1 | 1 | \"1\"",
        "true | true | 1",
        "null | null | false",
        "\"a\" | \"a\" | \"A\"",
        "\"a\" | \"a\" | null",
        "\"${x}!\" | \"seven!\" | \"${x}!\"",
        "{\"a\":1} | {\"a\":1} | {\"a\":1,\"b\":2}",
        "{\"a\":1} | {\"a\":1} | {}",
        "{\"a\":1} | {\"a\":1} | [1]",
        "{\"a\":1,\"{...}\":true} | {\"b\":2,\"a\":1} | {\"b\":2}",
        "{\"${x}\":1} | {\"seven\":1} | {\"${x}\":1}",
        "{\"a\":\"{absent}\"} | {} | {\"a\":null}",
        "[1,2] | [1,2] | [2,1]",
        "[1,2] | [1,2] | [1,2,3]",
        "{\"{unordered}\":[1,2]} | [2,1] | [1,1]",
        "{\"{unordered}\":[1,2]} | [2,1] | [1,2,3]",
        "{\"{contains}\":[1]} | [2,1] | [2]",
        "{\"{contains}\":[1,1]} | [1,2,1] | [1,2]",
        "{\"{each}\":\"{uint}\"} | [1,2] | [1,0]",
        "{\"{len}\":2} | [1,2] | [1]",
        "{\"{minlen}\":2} | [1,2,3] | [1]",
        "{\"{len}\":2} | [1,2] | {\"a\":1,\"b\":2}",
        "{\"{sorted_by}\":\"/k\"} | [{\"k\":\"a\"},{\"k\":\"b\"}] | [{\"k\":\"b\"},{\"k\":\"a\"}]",
        "{\"{sorted_by}\":\"/k\"} | [{\"k\":2},{\"k\":10}] | [{\"k\":10},{\"k\":2}]",
        "\"{string}\" | \"\" | 1",
        "\"{bool}\" | false | 0",
        "\"{array}\" | [] | {}",
        "\"{object}\" | {} | []",
        "\"{uint}\" | 1 | 0",
        "\"{uint}\" | 18446744073709551615 | -1",
        "\"{uint}\" | 1 | 1.5",
        "\"{id25}\" | " + ID + " | \"83122AHJTI826qq1t6qzg90cx\"",
        "\"{id25}\" | " + ID + " | \"83122\"",
        "\"{rfc3339nano}\" | \"2026-11-22T05:30:16.3626Z\" | \"2026-11-22T05:30:16.3620Z\"",
        "\"{rfc3339nano}\" | \"2026-11-22T05:30:16Z\" | \"2026-11-22T05:30:16+00:00\"",
        "\"{httpdate}\" | \"Sun, 22 Nov 2026 05:30:16 GMT\" | \"Sun, 22 Nov 2026 05:30:16 UTC\"",
        "\"{var:x}\" | \"seven\" | \"eight\"",
        "\"{var:n}\" | 7 | \"7\"",
        "\"{notvar:x}\" | \"eight\" | \"seven\"",
        "\"{gt:n}\" | 8 | 7",
        "\"{gt:t}\" | \"2026-11-22T05:30:16.5Z\" | \"2026-11-22T05:30:16.31Z\"",
        "\"{re:${x} \\\\d+}\" | \"seven 12\" | \"x seven 12\"",
        "\"{re:a.b}\" | \"a\\nb\" | \"ab\"",
        "\"{lit:{any}}\" | \"{any}\" | \"x\"",
      })
  void acceptsWhatFitsAndNothingElse(String expected, String fits, String doesNot) {
    variables.set("x", "seven");
    variables.set("n", 7);
    variables.set("t", "2026-11-22T05:30:16.4Z");

    matcher.match(Json.parse(expected), Json.parse(fits), "$");
    assertThatThrownBy(() -> matcher.match(Json.parse(expected), Json.parse(doesNot), "$"))
        .isInstanceOf(Mismatch.class);
  }

  @Test
  void anyFitsEverythingThatIsThere() {
    assertThat(matcher.matches(Json.parse("{\"a\":\"{any}\"}"), Json.parse("{\"a\":null}"), "$"))
        .isTrue();
    assertThat(matcher.matches(Json.parse("{\"a\":\"{any}\"}"), Json.parse("{}"), "$")).isFalse();
  }

  @Test
  void aWordNobodyKnowsIsRefused() {
    assertThatThrownBy(() -> matcher.match(Json.parse("\"{nope}\""), Json.parse("1"), "$"))
        .hasMessageContaining("unknown matcher");
    assertThatThrownBy(
            () -> matcher.match(Json.parse("{\"{len}\":0,\"{x}\":1}"), Json.parse("[]"), "$"))
        .hasMessageContaining("unknown array test");
  }

  @Test
  void aMismatchNamesThePlace() {
    assertThatThrownBy(
            () -> matcher.match(Json.parse("{\"a\":[1,2]}"), Json.parse("{\"a\":[1,3]}"), "$"))
        .hasMessage("$.a[1]: expected 2, got 3");
  }
}
