package io.coffer.api.docker.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SecretSpecReaderTest {
  @Test
  void readsEveryMember() {
    String body =
        "{\"Name\":\"a1\",\"Labels\":{\"b\":\"2\",\"a\":\"1\"},\"Data\":\"aGk=\","
            + "\"Driver\":{\"Name\":\"v\",\"Options\":{\"o\":\"p\"}},\"Templating\":{}}\n";
    try (SecretSpec spec = Read.spec(body)) {
      assertThat(spec.name()).isEqualTo("a1");
      assertThat(spec.labels()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
      assertThat(spec.data().<String>lend(bytes -> new String(bytes, ISO_8859_1))).isEqualTo("hi");
      assertThat(spec.driver()).isEqualTo(driver("v", Map.of("o", "p")));
      assertThat(spec.templating()).isEqualTo(driver("", Map.of()));
    }
  }

  @ParameterizedTest
  @MethodSource
  void readsNamesLikeGo(String json, String name) {
    try (SecretSpec spec = Read.spec(json)) {
      assertThat(spec.name()).isEqualTo(name);
    }
  }

  static Stream<Arguments> readsNamesLikeGo() {
    return Stream.of(
        arguments("null", ""),
        arguments("{}", ""),
        arguments("{\"Name\":null}", ""),
        arguments("{\"nAmE\":\"x\"}", "x"),
        arguments("{\"N\\u0061me\":\"x\"}", "x"),
        arguments("{\"Nam\":\"x\",\"Names\":\"y\",\"\":\"z\"}", ""),
        arguments("{\"Name\":\"wrong name!\",\"Name\":\"x\"}", "x"),
        arguments("{\"Name\":\"x\",\"Name\":null}", "x"),
        arguments("{\"Name\":\"x\",\"Foo\":{\"Name\":[1,{\"Name\":\"y\"}]},\"ID\":\"z\"}", "x"),
        arguments("\n\t {\"Name\" : \"x\" } \r\n", "x"),
        arguments("{\"Name\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\"}", "\"\\/\b\f\n\r\t\0"),
        arguments("{\"Name\":\"é✓😀\\u00e9\\ud83d\\ude00\"}", "é✓😀é😀"),
        arguments("{\"Name\":\"\\ud800\"}", "\ufffd"),
        arguments("{\"Name\":\"\\ude00\\ud83d\"}", "\ufffd\ufffd"),
        arguments("{\"Name\":\"\\ud800\\u0041\"}", "\ufffdA"),
        arguments("{\"Name\":\"\\ud800\\ud83d\\ude00\"}", "\ufffd😀"));
  }

  @ParameterizedTest
  @MethodSource
  void everyByteThatIsNotUtf8IsReplacedOnItsOwn(String bytes, String name) {
    try (SecretSpec spec = Read.spec(("{\"Name\":\"" + bytes + "\"}").getBytes(ISO_8859_1))) {
      assertThat(spec.name()).isEqualTo(name);
    }
  }

  static Stream<Arguments> everyByteThatIsNotUtf8IsReplacedOnItsOwn() {
    return Stream.of(
        arguments("\u00ff", "\ufffd"),
        arguments("\u00c3\u00a9", "é"),
        arguments("\u00c3x", "\ufffdx"),
        arguments("\u00e2\u0082", "\ufffd\ufffd"),
        arguments("\u00e2\u0082\\n", "\ufffd\ufffd\n"),
        arguments("\u00c0\u0080", "\ufffd\ufffd"),
        arguments("\u00ed\u00a0\u0080", "\ufffd\ufffd\ufffd"),
        arguments("\u00f4\u0090\u0080\u0080", "\ufffd\ufffd\ufffd\ufffd"),
        arguments("\u00f0\u009f\u0098\u0080", "😀"));
  }

  @ParameterizedTest
  @MethodSource
  void readsLabelsLikeGo(String json, Map<String, String> labels) {
    try (SecretSpec spec = Read.spec(json)) {
      assertThat(spec.labels()).isEqualTo(labels);
    }
  }

  static Stream<Arguments> readsLabelsLikeGo() {
    return Stream.of(
        arguments("{\"Labels\":null}", Map.of()),
        arguments("{\"Labels\":{\"a\":null}}", Map.of("a", "")),
        arguments("{\"Labels\":{\"\":\"v\"}}", Map.of("", "v")),
        arguments("{\"Labels\":{\"a\":\"1\"},\"Labels\":null}", Map.of()),
        arguments(
            "{\"Labels\":{\"a\":\"1\"},\"labels\":{\"b\":\"2\"}}", Map.of("a", "1", "b", "2")),
        arguments("{\"Labels\":{\"a\":\"1\",\"a\":\"2\"}}", Map.of("a", "2")),
        arguments("{\"Labels\":{\"A\":\"1\",\"a\":\"2\"}}", Map.of("A", "1", "a", "2")),
        arguments("{\"label\u017f\":{\"a\":\"1\"}}", Map.of("a", "1")),
        arguments("{\"LABEL\\u017F\":{\"a\":\"1\"}}", Map.of("a", "1")),
        arguments(
            "{\"Labels\":{\"k\":\"\\u0001\\t\\b\\f\\u007f\\r\\n/\"}}",
            Map.of("k", "\u0001\t\b\f\u007f\r\n/")));
  }

  @Test
  void labelsAreOrderedByTheirBytes() {
    try (SecretSpec spec =
        Read.spec("{\"Labels\":{\"😀\":\"\",\"\uffee\":\"\",\"é\":\"\",\"z\":\"\",\"10\":\"\"}}")) {
      assertThat(spec.labels().keySet()).containsExactly("10", "z", "é", "\uffee", "😀");
    }
  }

  @Test
  void driversMergeAndNullForgetsThem() {
    String twice = "{\"Driver\":{\"Name\":\"v\"},\"Driver\":{\"Options\":{\"a\":\"b\"}}%s}";
    try (SecretSpec merged = Read.spec(twice.formatted(""));
        SecretSpec forgotten = Read.spec(twice.formatted(",\"Driver\":null"));
        SecretSpec noOptions =
            Read.spec("{\"Templating\":{\"Options\":{\"a\":\"b\"},\"options\":null}}")) {
      assertThat(merged.driver()).isEqualTo(driver("v", Map.of("a", "b")));
      assertThat(merged.templating()).isNull();
      assertThat(forgotten.driver()).isNull();
      assertThat(noOptions.templating()).isEqualTo(driver("", Map.of()));
    }
  }

  @ParameterizedTest
  @MethodSource
  void tellsTheFirstValueOfAWrongType(String body, String error) {
    assertThat(Read.error(body)).isEqualTo("400 invalid JSON: json: cannot unmarshal " + error);
  }

  static Stream<Arguments> tellsTheFirstValueOfAWrongType() {
    String name = " into Go struct field SecretSpec.Annotations.Name of type string";
    String labels = " into Go struct field SecretSpec.Annotations.Labels of type map[string]string";
    String label = " into Go struct field SecretSpec.Annotations.Labels of type string";
    String data = " into Go struct field SecretSpec.Data of type []uint8";
    String element = " into Go struct field SecretSpec.Data of type uint8";
    String root = " into Go value of type swarm.SecretSpec";
    return Stream.of(
        arguments("[]", "array" + root),
        arguments("\"x\"", "string" + root),
        arguments("5", "number" + root),
        arguments("5 x", "number" + root),
        arguments("true", "bool" + root),
        arguments("{\"Name\":5,\"Data\":\"eA==\"}", "number" + name),
        arguments("{\"Name\":true}", "bool" + name),
        arguments("{\"Name\":{}}", "object" + name),
        arguments("{\"Name\":[]}", "array" + name),
        arguments("{\"Labels\":[\"a=b\"]}", "array" + labels),
        arguments("{\"Labels\":\"a=b\"}", "string" + labels),
        arguments("{\"Labels\":{\"a\":1}}", "number" + label),
        arguments("{\"Labels\":{\"a\":{}}}", "object" + label),
        arguments("{\"Data\":5}", "number" + data),
        arguments("{\"Data\":true}", "bool" + data),
        arguments("{\"Data\":{}}", "object" + data),
        arguments("{\"Data\":[300]}", "number 300" + element),
        arguments("{\"Data\":[256]}", "number 256" + element),
        arguments("{\"Data\":[-1]}", "number -1" + element),
        arguments("{\"Data\":[-0]}", "number -0" + element),
        arguments("{\"Data\":[1.0]}", "number 1.0" + element),
        arguments("{\"Data\":[1E2]}", "number 1E2" + element),
        arguments("{\"Data\":[\"a\"]}", "string" + element),
        arguments("{\"Data\":[[]]}", "array" + element),
        arguments("{\"Data\":[{}]}", "object" + element),
        arguments(
            "{\"Driver\":\"x\"}",
            "string into Go struct field SecretSpec.Driver of type swarm.Driver"),
        arguments(
            "{\"Driver\":{\"Name\":5}}",
            "number into Go struct field Driver.Driver.Name of type string"),
        arguments(
            "{\"Driver\":{\"Options\":[]}}",
            "array into Go struct field Driver.Driver.Options of type map[string]string"),
        arguments(
            "{\"Driver\":{\"Name\":\"a\",\"Options\":{\"x\":5}}}",
            "number into Go struct field Driver.Driver.Options of type string"),
        arguments(
            "{\"Templating\":\"golang\"}",
            "string into Go struct field SecretSpec.Templating of type swarm.Driver"),
        arguments(
            "{\"Templating\":{\"Name\":1}}",
            "number into Go struct field Driver.Templating.Name of type string"),
        arguments("{\"Name\":5,\"Labels\":[],\"Data\":\"!!\"}", "number" + name));
  }

  @Test
  void badBase64BeforeAWrongTypeIsToldFirst() {
    assertThat(Read.error("{\"Data\":\"!!\",\"Name\":5}"))
        .isEqualTo("400 invalid JSON: illegal base64 data at input byte 0");
  }

  private static Driver driver(String name, Map<String, String> options) {
    return new Driver(name, Utf8Order.copyOf(options));
  }
}
