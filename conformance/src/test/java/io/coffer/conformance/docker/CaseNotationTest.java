package io.coffer.conformance.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.conformance.cases.Corpus;
import io.coffer.conformance.cases.Json;
import io.coffer.conformance.cases.Mismatch;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaseNotationTest {
  @Test
  void everyCaseIsUnderstood() {
    assertThat(DockerCase.corpus()).hasSize(243).extracting(DockerCase::id).doesNotHaveDuplicates();
  }

  @Test
  void theScopeIsEveryCaseThatIsNotLeftOutByTag() {
    Set<String> left = Set.of("pre142", "services", "swarm", "slow", "legacy");
    List<String> ids =
        DockerCase.corpus().stream()
            .filter(each -> each.tags().stream().noneMatch(left::contains))
            .map(DockerCase::id)
            .toList();

    assertThat(Corpus.ids("/docker/ids-in-scope.txt")).containsExactlyElementsOf(ids);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"method\":\"GET\",\"path\":\"/\",\"expects\":{\"status\":200}}",
        "{\"method\":\"GET\",\"path\":\"/\",\"expect\":{\"statuses\":200}}",
        "{\"method\":\"GET\"}",
        "{\"op\":\"dance\"}",
        "{\"op\":\"loop\",\"steps\":[]}",
      })
  void aStepThatIsNotUnderstoodIsRefused(String step) {
    assertThatThrownBy(() -> Step.of(Json.parse(step))).isInstanceOf(Mismatch.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain $ {x} | plain $ {x}",
        "${x} | a b*~é",
        "<${n}> | <7>",
        "${rep:ab:3} | ababab",
        "${rep: :2}. | `  .`",
        "${b64:hi} | aGk=",
        "${b64rep:hi:2} | aGloaQ==",
        "${upper:x} | A B*~É",
        "${cut:3:x}. | a b.",
        "${cut:99:x} | a b*~é",
        "${url:x} | a%20b%2A~%C3%A9",
        "${b64:${n}} | Nw==",
        "${rep:${n}:${n}} | 7777777",
      })
  void wordsAreReplacedInnermostFirst(String template, String filled) {
    Variables variables = new Variables();
    variables.set("x", "a b*~é");
    variables.set("n", 7);

    assertThat(variables.fill(template)).isEqualTo(filled);
  }

  @Test
  void aVariableNobodySetIsRefused() {
    assertThatThrownBy(() -> new Variables().fill("${x}")).hasMessage("unknown variable x");
    assertThatThrownBy(() -> new Variables().fill("${rep:x}")).isInstanceOf(Mismatch.class);
  }
}
