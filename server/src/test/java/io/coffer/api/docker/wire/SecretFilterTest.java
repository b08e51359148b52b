package io.coffer.api.docker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SecretFilterTest {
  private record Item(String id, String name, Map<String, String> labels) {}

  private static final SecretFilter.View<Item> VIEW =
      new SecretFilter.View<>(Item::id, Item::name, Item::labels);

  private static final List<Item> ITEMS =
      List.of(
          new Item("m3", "Web.alpha", Map.of("env", "prod", "tier", "1")),
          new Item("a9", "web.beta", Map.of("env", "dev")),
          new Item("z1", "db-1", Map.of("env", "prod")),
          new Item("b2", "db-2", Map.of()),
          new Item("m1", "WEB", Map.of("x", "", "", "empty key")));

  @ParameterizedTest
  @MethodSource
  void showsWhatMatchesInTheEnginesOrder(String filters, String names) {
    List<Item> shown = new SecretFilter(Filters.parse(filters)).select(ITEMS, VIEW);
    List<String> expected = names.isEmpty() ? List.of() : Arrays.asList(names.split(" ", -1));
    assertThat(shown).extracting(Item::name).isEqualTo(expected);
  }

  static Stream<Arguments> showsWhatMatchesInTheEnginesOrder() {
    String byId = "web.beta db-2 WEB Web.alpha db-1";
    String byName = "db-1 db-2 WEB Web.alpha web.beta";
    return Stream.of(
        arguments("", byId),
        arguments("{\"name\":[]}", byId),
        arguments("{\"name\":null,\"label\":{}}", byId),
        arguments("{\"name\":[\"web\"]}", "WEB Web.alpha web.beta"),
        arguments("{\"name\":[\"wEB\"]}", "WEB Web.alpha web.beta"),
        arguments("{\"name\":[\"web.\",\"db\"]}", "db-1 db-2 Web.alpha web.beta"),
        arguments("{\"name\":[\"eb\"]}", ""),
        arguments("{\"name\":[\"\"]}", byName),
        arguments("{\"names\":[\"WEB.BETA\"]}", "web.beta"),
        arguments("{\"names\":[\"web\"]}", "WEB"),
        arguments("{\"names\":[\"web.b\"]}", ""),
        arguments("{\"names\":[\"\"]}", ""),
        arguments("{\"id\":[\"m\"]}", "WEB Web.alpha"),
        arguments("{\"id\":[\"M\"]}", ""),
        arguments("{\"id\":[\"\"]}", byId),
        arguments("{\"name\":[\"web\"],\"names\":[\"db-2\"]}", "db-2 WEB Web.alpha web.beta"),
        arguments("{\"id\":[\"z\"],\"names\":[\"db-2\"]}", "db-2 db-1"),
        arguments("{\"id\":[\"z\",\"m\"],\"name\":[\"web.\"]}", "Web.alpha web.beta WEB db-1"),
        arguments("{\"label\":[\"env\"]}", "web.beta Web.alpha db-1"),
        arguments("{\"label\":[\"env=\"]}", "web.beta Web.alpha db-1"),
        arguments("{\"label\":[\"env=prod\"]}", "Web.alpha db-1"),
        arguments("{\"label\":[\"ENV=prod\"]}", ""),
        arguments("{\"label\":[\"env=prod=x\"]}", ""),
        arguments("{\"label\":[\"x\"]}", "WEB"),
        arguments("{\"label\":[\"\"]}", "WEB"),
        arguments("{\"label\":{\"env=prod\":true,\"tier=1\":true}}", "Web.alpha"),
        arguments("{\"label\":[\"env=prod\"],\"name\":[\"\"]}", "db-1 Web.alpha"),
        arguments("{\"label\":[\"env=prod\"],\"name\":[\"db\"],\"id\":[\"m\"]}", "db-1 Web.alpha"));
  }

  @Test
  void keysThatSecretsDoNotHaveAreRefused() {
    Filters filters = Filters.parse("{\"dangling\":[\"true\"]}");
    assertThatThrownBy(() -> new SecretFilter(filters)).hasMessage("invalid filter 'dangling'");
  }
}
