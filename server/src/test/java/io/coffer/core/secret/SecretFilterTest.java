package io.coffer.core.secret;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Page;
import io.coffer.core.operation.Operation;
import io.coffer.testing.Drafts;
import io.coffer.testing.SimWorld;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class SecretFilterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "name=\"db\"|db",
        " name = \"db\" |db",
        "name=\"db*\"|db db-1 db*",
        "name=\"db\\*\"|db*",
        "name=\"*\"|db db-1 db* other",
        "name=\"\\\"q\"|",
        "labels.team=\"a\"|db-1",
        "labels.com.x/y = \"\"|other",
        "labels.team=\"b\"|db*",
        "labels.nope=\"\"|",
        "status=\"ACTIVE\"|db db-1 db* other",
        "status=\"INACTIVE\"|",
        "name=\"db*\" AND labels.team=\"a\" AND status=\"ACTIVE\"|db-1",
        "name=\"db*\" AND name=\"other\"|"
      })
  void showsWhatEveryTermHoldsFor(String text, String names) {
    SecretFilter filter = SecretFilter.parse(text);
    Set<String> shown = new HashSet<>();
    for (Map.Entry<String, Map<String, String>> secret :
        Map.<String, Map<String, String>>of(
                "db", Map.of(),
                "db-1", Map.of("team", "a"),
                "db*", Map.of("team", "b"),
                "other", Map.of("com.x/y", ""))
            .entrySet()) {
      if (filter.shows(secret(secret.getKey(), secret.getValue()))) {
        shown.add(secret.getKey());
      }
    }
    assertThat(shown)
        .isEqualTo(names == null ? Set.of() : new HashSet<>(List.of(names.split(" ", -1))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "name",
        "name=db",
        "name=\"db",
        "name=\"db\"x",
        "name=\"db\" and name=\"x\"",
        "name=\"db\" ANDname=\"x\"",
        "name=\"db\" AND",
        "AND",
        "id=\"x\"",
        "labels.=\"x\"",
        "name!=\"x\""
      })
  void whatIsNoFilterIsRefusedWithTheForm(String text) {
    assertThat(refused(text)).asString().contains("terms joined by AND");
  }

  @Test
  void theLimitsAreNamed() {
    String term = "name=\"" + "x".repeat(993) + "\"";
    assertThat(SecretFilter.parse(term).terms()).hasSize(1);
    assertThat(refused(term + " ")).asString().contains("at most 1000 characters");
    assertThat(SecretFilter.parse("name=\"x\"" + " AND name=\"x\"".repeat(9)).terms()).hasSize(10);
    assertThat(refused("name=\"x\"" + " AND name=\"x\"".repeat(10)))
        .asString()
        .contains("at most 10 terms");
    assertThat(refused("status=\"CREATING\""))
        .isEqualTo(new Problem.Invalid("filter", "status must be \"ACTIVE\" or \"INACTIVE\""));
  }

  @Test
  void aListShowsWhatItsFilterShowsInPagesThatAreItsOwn() {
    try (SimWorld world = SimWorld.of(1)) {
      for (int i = 0; i < 30; i++) {
        create(world, (i % 3 == 0 ? "a-" : "b-") + i);
      }
      SecretFilter filter = SecretFilter.parse("name=\"a-*\"");
      Set<String> seen = new HashSet<>();
      String token = "";
      do {
        Page<SecretView> page = list(world, filter, 4, token);
        page.elements().forEach(view -> assertThat(seen.add(view.secret().name())).isTrue());
        token = page.nextToken();
      } while (!token.isEmpty());
      assertThat(seen).hasSize(10).allSatisfy(name -> assertThat(name).startsWith("a-"));

      String other = list(world, filter, 4, "").nextToken();
      for (SecretFilter wrong : List.of(SecretFilter.ALL, SecretFilter.parse("name=\"b-*\""))) {
        assertThat(
                problem(world.secrets().list(world.admin(), world.folder().id(), wrong, 4, other)))
            .isEqualTo(new Problem.Invalid("page_token", "must be one that this list gave"));
      }
    }
  }

  @Test
  void aFilterThatFewSecretsPassDoesNotReadForEver() {
    try (SimWorld world = SimWorld.of(1)) {
      for (int i = 0; i <= Secrets.LOOKED_AT_MAX; i++) {
        create(world, "b");
      }
      Page<SecretView> first = list(world, SecretFilter.parse("name=\"a\""), 4, "");
      assertThat(first.elements()).isEmpty();
      assertThat(first.nextToken()).isNotEmpty().hasSizeLessThanOrEqualTo(100);
      Page<SecretView> second = list(world, SecretFilter.parse("name=\"a\""), 4, first.nextToken());
      assertThat(second.elements()).isEmpty();
      assertThat(second.nextToken()).isEmpty();
    }
  }

  private static Page<SecretView> list(
      SimWorld world, SecretFilter filter, int size, String token) {
    return await(world.secrets().list(world.admin(), world.folder().id(), filter, size, token));
  }

  private static void create(SimWorld world, String name) {
    try (CreateSecret command = Drafts.secret(world.folder().id(), name)) {
      Operation _ = await(world.secrets().create(world.admin(), command));
    }
  }

  private static Problem refused(String text) {
    return catchThrowableOfType(CofferException.class, () -> SecretFilter.parse(text)).problem();
  }

  private static Secret secret(String name, Map<String, String> labels) {
    return new Secret(
        "e6q",
        "b1g",
        SimWorld.START,
        SimWorld.START,
        name,
        "",
        new TreeMap<>(labels),
        "",
        Secret.Status.ACTIVE,
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
