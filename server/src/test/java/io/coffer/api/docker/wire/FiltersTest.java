package io.coffer.api.docker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {
  @ParameterizedTest
  @MethodSource
  void readsBothForms(String json, Map<String, List<String>> values) {
    assertThat(Filters.parse(json).values()).isEqualTo(values);
  }

  static Stream<Arguments> readsBothForms() {
    return Stream.of(
        arguments("", Map.of()),
        arguments("null", Map.of()),
        arguments(" {} ", Map.of()),
        arguments("{\"name\":[]}", Map.of("name", List.of())),
        arguments("{\"name\":{}}", Map.of("name", List.of())),
        arguments("{\"name\":null}", Map.of("name", List.of())),
        arguments("{\"name\":[\"b\",\"a\",\"b\"]}", Map.of("name", List.of("b", "a"))),
        arguments("{\"name\":{\"a\":true,\"b\":false}}", Map.of("name", List.of("a", "b"))),
        arguments("{\"name\":{\"a\":null}}", Map.of("name", List.of("a"))),
        arguments("{\"name\":[null]}", Map.of("name", List.of(""))),
        arguments("{\"name\":[\"a\"],\"name\":[\"b\"]}", Map.of("name", List.of("b"))),
        arguments(
            "{\"name\":[\"\\u00e9\"],\"id\":null}", Map.of("name", List.of("é"), "id", List.of())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "[]",
        "{",
        "\"x\"",
        "5",
        "true",
        "{\"name\":\"web\"}",
        "{\"name\":5}",
        "{\"name\":[1]}",
        "{\"name\":[[]]}",
        "{\"name\":{\"web\":1}}",
        "{\"name\":{\"web\":\"true\"}}",
        "{\"name\":[\"web\"]} x",
        "{\"name\":[\"web\"]}}",
        "{\"name\":[\"web\"],\"label\":{\"env\":true}}",
        "{\"name\":{\"web\":true},\"label\":[]}",
      })
  void anythingElseIsAnInvalidFilter(String json) {
    assertThatThrownBy(() -> Filters.parse(json))
        .isInstanceOfSatisfying(DockerError.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessage("invalid filter");
  }

  @ParameterizedTest
  @MethodSource
  void anUnknownKeyIsNamed(String json, String error) {
    Filters filters = Filters.parse(json);
    assertThatThrownBy(() -> filters.requireKeys(Set.of("name"))).hasMessage(error);
  }

  static Stream<Arguments> anUnknownKeyIsNamed() {
    return Stream.of(
        arguments("{\"bogus\":[\"x\"]}", "invalid filter 'bogus'"),
        arguments("{\"bogus\":[]}", "invalid filter 'bogus'"),
        arguments("{\"bogus\":{}}", "invalid filter 'bogus'"),
        arguments("{\"Name\":[\"x\"]}", "invalid filter 'Name'"),
        arguments("{\"name\":[\"x\"],\"z\":[],\"b\":[]}", "invalid filter 'z'"),
        arguments("{\"\":[\"x\"]}", "invalid filter"));
  }
}
