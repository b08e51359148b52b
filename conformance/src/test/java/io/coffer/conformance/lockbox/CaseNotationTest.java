package io.coffer.conformance.lockbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.conformance.cases.Json;
import io.coffer.conformance.cases.Mismatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaseNotationTest {
  @Test
  void everyCaseIsUnderstood() {
    assertThat(LockboxCase.corpus())
        .hasSize(138)
        .allSatisfy(each -> assertThat(each.steps()).isNotEmpty())
        .extracting(LockboxCase::id)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"method\":\"GET\",\"path\":\"/\",\"expect\":{}}",
        "{\"method\":\"GET\",\"path\":\"/\",\"expect\":{\"status\":\"200\"}}",
        "{\"method\":\"GET\",\"path\":\"/\",\"expect\":{\"status\":200,\"body\":1}}",
        "{\"method\":\"GET\",\"path\":\"/\",\"expects\":{\"status\":200}}",
        "{\"path\":\"/\",\"expect\":{\"status\":200}}",
      })
  void aStepThatIsNotUnderstoodIsRefused(String step) {
    assertThatThrownBy(() -> Step.of(Json.parse(step))).isInstanceOf(Mismatch.class);
  }
}
