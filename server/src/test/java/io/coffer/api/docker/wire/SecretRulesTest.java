package io.coffer.api.docker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRulesTest {
  private static final String INVALID = "400 rpc error: code = InvalidArgument desc = ";
  private static final String SIZE =
      INVALID + "secret data must be larger than 0 and less than 512000 bytes";
  private static final String NAME =
      INVALID
          + "invalid name, only 64 [a-zA-Z0-9-_.] characters allowed, and the start and end"
          + " character must be [a-zA-Z0-9]";

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "A", "a_b", "a-b", "a..b", "0..--__0", "aa", "create"})
  void namesOfTheseShapesAreFine(String name) {
    assertThatCode(() -> SecretRules.requireName(name)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".", "x.", "x_", "-x", "x-", "x/b", "éx", "xé", "x:b", "x\0", "x@b", "x,b", "x ", "x\n",
        "xéb", "a\nb"
      })
  void otherNamesAreNot(String name) {
    assertThatThrownBy(() -> SecretRules.requireName(name)).hasMessage(NAME.substring(4));
  }

  @Test
  void aNameHasAtMostSixtyFourBytes() {
    assertThatCode(() -> SecretRules.requireName("x".repeat(64))).doesNotThrowAnyException();
    assertThatThrownBy(() -> SecretRules.requireName("x".repeat(65))).hasMessage(NAME.substring(4));
  }

  @ParameterizedTest
  @MethodSource
  void theFirstBrokenRuleIsTold(String body, String answer) {
    assertThat(answer(body, "1.36")).isEqualTo(answer);
  }

  static Stream<Arguments> theFirstBrokenRuleIsTold() {
    String missing = INVALID + "name must be provided";
    return Stream.of(
        arguments("{\"Name\":\"q\",\"Data\":\"eA==\"}", "fine"),
        arguments("null", missing),
        arguments("{}", missing),
        arguments("{\"Name\":\"\",\"Data\":\"eA==\"}", missing),
        arguments("{\"Name\":\"q.\"}", NAME),
        arguments("{\"Name\":\"q\"}", SIZE),
        arguments("{\"Name\":\"q\",\"Data\":[]}", SIZE),
        arguments("{\"Name\":\"q\",\"Data\":\"eA==\",\"Data\":\"\"}", SIZE),
        arguments("{\"Name\":\"q\",\"Driver\":{\"Name\":\"v\"}}", "fine"),
        arguments("{\"Name\":\"q\",\"Driver\":{\"Name\":\"v\"},\"Data\":\"eA==\"}", "fine"),
        arguments(
            "{\"Name\":\"q\",\"Driver\":{},\"Data\":\"eA==\"}",
            INVALID + "secret driver must have a name"),
        arguments("{\"Name\":\"q\",\"Data\":\"eA==\",\"Templating\":null}", "fine"),
        arguments(
            "{\"Templating\":{}}",
            "400 secret templating is not supported on the specified API version: 1.36"));
  }

  @Test
  void templatesAreFineForNewerVersions() {
    String body = "{\"Name\":\"q\",\"Data\":\"eA==\",\"Templating\":{\"Name\":\"golang\"}}";
    assertThat(answer(body, "1.37")).isEqualTo("fine");
  }

  @Test
  void dataHasLessThanFiveHundredAndTwelveThousandBytes() {
    assertThat(answer(dataOf(SecretRules.DATA_BYTES_MAX), "1.51")).isEqualTo("fine");
    assertThat(answer(dataOf(SecretRules.DATA_BYTES_MAX + 1), "1.51")).isEqualTo(SIZE);
  }

  @Test
  void whatTheEnginesWireCannotCarryIsRefusedInItsWords() {
    assertThat(answer(dataOf(4_200_000), "1.51"))
        .isEqualTo(
            "500 rpc error: code = ResourceExhausted desc = grpc: received message larger than max"
                + " (4200015 vs. 4194304)");
    assertThat(answer(labelOf(1_000_000), "1.51")).isEqualTo("fine");
    assertThat(answer(labelOf(1_600_000), "1.51"))
        .isEqualTo(
            "500 rpc error: code = Unknown desc = raft: raft message is too large and can't be"
                + " sent");
  }

  private static String dataOf(int bytes) {
    return "{\"Name\":\"q\",\"Data\":[" + "120,".repeat(bytes - 1) + "120]}";
  }

  private static String labelOf(int bytes) {
    return "{\"Name\":\"q\",\"Data\":\"eA==\",\"Labels\":{\"k\":\"" + "v".repeat(bytes) + "\"}}";
  }

  private static String answer(String body, String version) {
    try (SecretSpec spec = Read.spec(body)) {
      SecretRules.requireCreatable(spec, new ApiVersion(version));
      return "fine";
    } catch (DockerError e) {
      return e.status() + " " + e.text();
    }
  }
}
