package io.coffer.conformance.lockbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.coffer.conformance.cases.Json;
import io.coffer.conformance.cases.Mismatch;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatcherTest {
  private final Variables variables = new Variables(Map.of("F", "folder"));
  private final Matcher matcher = new Matcher(variables);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // expected | what fits | what does not
        "{\"v\":1} | {\"v\":1,\"w\":2} | {\"w\":2}",
        "{\"v\":1} | {\"v\":1.0} | {\"v\":\"1\"}",
        "{\"v\":false} | {\"v\":false} | {\"v\":0}",
        "{\"v\":null} | {\"v\":null} | {}",
        "{\"v\":\"{var:x}/{env:F}\"} | {\"v\":\"X/folder\"} | {\"v\":\"{var:x}/{env:F}\"}",
        "{\"v\":\"{any}\"} | {\"v\":null} | {}",
        "{\"v\":\"{absent}\"} | {\"v\":null} | {\"v\":\"\"}",
        "{\"v\":\"{absent}\"} | {} | {\"v\":0}",
        "{\"v\":\"{empty}\"} | {\"v\":[]} | {\"v\":[1]}",
        "{\"v\":\"{empty}\"} | {\"v\":\"\"} | {\"v\":false}",
        "{\"v\":\"{empty}\"} | {} | {\"v\":{\"a\":1}}",
        "{\"v\":\"{absent_or:{var:x}}\"} | {\"v\":\"X\"} | {\"v\":\"Y\"}",
        "{\"v\":\"{absent_or:}\"} | {} | {\"v\":\"Y\"}",
        "{\"v\":\"{string}\"} | {\"v\":\"\"} | {\"v\":1}",
        "{\"v\":\"{nonempty}\"} | {\"v\":\"a\"} | {\"v\":\"\"}",
        "{\"v\":\"{int}\"} | {\"v\":0} | {\"v\":true}",
        "{\"v\":\"{int}\"} | {\"v\":-1} | {\"v\":1.5}",
        "{\"v\":\"{bool}\"} | {\"v\":false} | {\"v\":0}",
        "{\"v\":\"{b64}\"} | {\"v\":\"AAEC/w==\"} | {\"v\":\"AAEC_w==\"}",
        "{\"v\":\"{b64}\"} | {\"v\":\"\"} | {\"v\":\"AAE\"}",
        "{\"v\":\"{id20}\"} | {\"v\":\"e6qh3v0mgnmiq995h1v9\"} | {\"v\":\"E6qh3v0mgnmiq995h1v9\"}",
        "{\"v\":\"{rfc3339}\"} | {\"v\":\"2024-03-26T07:38:42.189024661Z\"} | {\"v\":\"2024-03-26 07:38:42Z\"}",
        "{\"v\":\"{rfc3339ms}\"} | {\"v\":\"2024-03-26T07:38:41.908Z\"} | {\"v\":\"2024-03-26T07:38:41.908001Z\"}",
        "{\"v\":\"{re:^[a-z]{2}$}\"} | {\"v\":\"ab\"} | {\"v\":\"abc\"}",
        "{\"v\":\"{re:b}\"} | {\"v\":\"abc\"} | {\"v\":\"acc\"}",
        "{\"v\":\"{oneof:3;9}\"} | {\"v\":9} | {\"v\":39}",
        "{\"v\":\"{not:{var:x}}\"} | {\"v\":\"Y\"} | {\"v\":\"X\"}",
        "{\"v\":\"{not:X}\"} | {\"v\":1} | {}",
        "{\"v\":\"{len:3}\"} | {\"v\":\"abc\"} | {\"v\":\"ab\"}",
        "{\"v\":[1,{\"a\":1}]} | {\"v\":[1,{\"a\":1,\"b\":2}]} | {\"v\":[{\"a\":1},1]}",
        "{\"v\":{\"$exact\":[1,2]}} | {\"v\":[1,2]} | {\"v\":[1,2,3]}",
        "{\"v\":{\"$len\":1}} | {\"v\":[0]} | {\"v\":[]}",
        "{\"v\":{\"$len\":1}} | {\"v\":[0]} | {\"v\":{\"a\":1}}",
        "{\"v\":{\"$unordered\":[1,2]}} | {\"v\":[2,1]} | {\"v\":[1,2,3]}",
        "{\"v\":{\"$unordered\":[1,1]}} | {\"v\":[1,1]} | {\"v\":[1,2]}",
        "{\"v\":{\"$contains\":[{\"a\":1}]}} | {\"v\":[{\"a\":2},{\"a\":1,\"b\":1}]} | {\"v\":[{\"a\":2}]}",
        "{\"v\":{\"$exact_object\":{\"a\":\"{var:x}\"}}} | {\"v\":{\"a\":\"X\"}} | {\"v\":{\"a\":\"X\",\"b\":1}}",
        "{\"v\":{\"a\":1}} | {\"v\":{\"a\":1}} | {\"v\":[1]}",
      })
  void acceptsWhatFitsAndNothingElse(String expected, String fits, String doesNot) {
    variables.save("x", TextNode.valueOf("X"));
    // The column separator cannot be in a column.
    String form = expected.replace(';', '|');

    matcher.match(Json.parse(form), Json.parse(fits), "");
    assertThatThrownBy(() -> matcher.match(Json.parse(form), Json.parse(doesNot), ""))
        .isInstanceOf(Mismatch.class);
  }

  @Test
  void aTimeIsSoManySecondsFromNowGiveOrTake() {
    TextNode expected = TextNode.valueOf("{rfc3339_in:60:5}");
    matcher.match(expected, TextNode.valueOf(Instant.now().plusSeconds(58).toString()), "");
    TextNode late = TextNode.valueOf(Instant.now().plusSeconds(70).toString());
    assertThatThrownBy(() -> matcher.match(expected, late, "")).isInstanceOf(Mismatch.class);
  }

  @Test
  void aMismatchNamesThePlace() {
    assertThatThrownBy(
            () -> matcher.match(Json.parse("{\"a\":[1,2]}"), Json.parse("{\"a\":[1,3]}"), ""))
        .hasMessage("/a/1: expected 2, got 3");
  }

  @Test
  void randomWordsKeepTheirValueWithinACase() {
    String filled = variables.fill("{rand} {rand} {uuid:a} {uuid:a} {uuid:b} {repeat:x:3}");
    assertThat(filled).matches("([0-9a-f]{10}) \\1 ([0-9a-f-]{36}) \\2 (?!\\2)[0-9a-f-]{36} xxx");
    assertThat(new Variables(Map.of()).fill("{rand}")).isNotEqualTo(variables.fill("{rand}"));
    assertThatThrownBy(() -> variables.fill("{var:y}")).hasMessage("variable y was not saved");
    assertThatThrownBy(() -> variables.fill("{env:Y}")).hasMessage("environment Y is not set");
  }
}
