package io.coffer.core.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.SecretBytes;
import io.coffer.testing.Seeds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class ExpansionTest {
  private static final Context CONTEXT =
      new Context(
          new Context.Service("svc1", "web", Map.of("tier", "front", "a.b", "c", "Zone", "z1")),
          new Context.Node("node1", "", "", ""),
          new Context.Task("task1", "web.2.task1", "2"));

  private static final Map<String, byte[]> SECRETS =
      Map.of(
          "plain",
          "PLAINVALUE".getBytes(UTF_8),
          "empty",
          new byte[0],
          "utf8",
          "grün <&'\"=> €🔒".getBytes(UTF_8),
          "bytes",
          new byte[] {0, (byte) 0xff, (byte) 0xfe, '{', '{'});

  private static final Sources SOURCES =
      new Sources() {
        @Override
        public Optional<SecretBytes> secret(String target) {
          return Optional.ofNullable(SECRETS.get(target))
              .map(value -> SecretBytes.takeOver(value.clone()));
        }

        @Override
        public Optional<SecretBytes> config(String target) {
          return Optional.empty();
        }

        @Override
        public String env(String name) {
          return "";
        }
      };

  private static byte[] expand(byte[] template) {
    try (SecretBytes text = SecretBytes.takeOver(template.clone());
        SecretBytes expanded = Expansion.expand(text, CONTEXT, SOURCES)) {
      return expanded.lend(byte[]::clone);
    }
  }

  private static String expand(String template) {
    return new String(expand(template.getBytes(UTF_8)), UTF_8);
  }

  private static String trouble(byte[] template) {
    return catchThrowableOfType(TemplateException.class, () -> expand(template)).text();
  }

  private static String trouble(String template) {
    return trouble(template.getBytes(UTF_8));
  }

  @TestFactory
  Stream<DynamicTest> everyConstructExpandsAsInGo() {
    return Expected.byConstruct().entrySet().stream()
        .flatMap(construct ->
            construct.getValue().stream()
                .map(one ->
                    dynamicTest(
                        construct.getKey() + ": " + new String(one.template().shared(), UTF_8),
                        () -> assertAsExpected(one))));
  }

  private static void assertAsExpected(Expected.Case one) {
    if (one.expands()) {
      assertThat(expand(one.template().shared())).isEqualTo(one.outcome().shared());
    } else {
      assertThat(trouble(one.template().shared()))
          .isEqualTo(new String(one.outcome().shared(), UTF_8));
    }
  }

  @Test
  void whatNewerTemplatesMayDoIsDone() {
    assertThat(expand("{{with 0}}a{{else with 2}}{{.}}{{else}}c{{end}}")).isEqualTo("2");
    assertThat(expand("{{with 0}}a{{else with 0}}b{{else}}c{{end}}")).isEqualTo("c");
    assertThat(expand("{{range 3}}{{.}}{{else}}none{{end}}")).isEqualTo("012");
    assertThat(expand("{{range $i := 2}}{{$i}}{{end}}{{range 0}}{{else}}none{{end}}"))
        .isEqualTo("01none");
    assertThat(trouble("{{range $i, $j := 2}}{{end}}"))
        .endsWith(": can't use 2 to iterate over more than one variable");
    assertThat(expand("{{$x := 0}}{{range $x = 3}}{{end}}{{$x}}")).isEqualTo("2");
  }

  @Test
  void whatSourcesThrowIsThrown() {
    CofferException refusal = new Problem.Denied("lockbox.secret", "x").asException();
    Sources refusing =
        new Sources() {
          @Override
          public Optional<SecretBytes> secret(String target) {
            throw refusal;
          }

          @Override
          public Optional<SecretBytes> config(String target) {
            return Optional.empty();
          }

          @Override
          public String env(String name) {
            return "";
          }
        };
    assertThatThrownBy(
            () -> {
              try (SecretBytes text = SecretBytes.takeOver("{{secret `x`}}".getBytes(UTF_8))) {
                Expansion.expand(text, CONTEXT, refusing).close();
              }
            })
        .isSameAs(refusal);
  }

  @Test
  void anExceptionSaysNothingOfTheTemplate() {
    assertThatThrownBy(() -> expand("{{secret \"canary\"}}"))
        .isInstanceOf(TemplateException.class)
        .hasMessage("a template cannot be expanded")
        .satisfies(thrown -> assertThat(thrown.toString()).doesNotContain("canary"));
  }

  @Test
  void whatAnErrorQuotesIsBounded() {
    String longName = "x".repeat(100_000);
    List<String> templates =
        List.of(
            "{{secret \"" + longName + "\"}}",
            "{{." + longName + "}}",
            "{{" + longName + "}}",
            "{{template \"" + longName + "\"}}",
            "{{" + "1".repeat(100_000) + "}}",
            "{{range \"" + longName + "\"}}{{end}}",
            "{{$" + longName + "}}",
            "{{'" + longName + "'}}");
    assertThat(templates)
        .allSatisfy(template -> assertThat(trouble(template).length()).isLessThan(1_000));
  }

  @Test
  void aTemplateHasAtMostSoManyBytes() {
    byte[] largest = " ".repeat(Expansion.BYTES_MAX).getBytes(UTF_8);
    assertThat(expand(largest)).hasSize(Expansion.BYTES_MAX);
    assertThat(trouble(" ".repeat(Expansion.BYTES_MAX + 1)))
        .isEqualTo("template: expansion: the template is longer than 511999 bytes");
  }

  @Test
  void whatItExpandsToHasAtMostSoManyBytes() {
    assertThat(expand("{{printf \"%511999d\" 1}}")).hasSize(Expansion.BYTES_MAX);
    assertThat(trouble("{{printf \"%511999d\" 1}}x"))
        .isEqualTo("template: expansion: what it expands to is longer than 511999 bytes");
  }

  @Test
  void valuesOnTheWayAreBounded() {
    String million = "{{$x := printf \"%1000000d\" 1}}";
    assertThat(expand(million + "{{len $x}}")).isEqualTo("1000000");
    assertThat(trouble(million.repeat(20)))
        .isEqualTo("template: expansion: its values are longer than 16777216 bytes together");
  }

  @Test
  void blocksAreNestedSoDeepAtMost() {
    int most = Expansion.NESTING_MAX - 1;
    assertThat(expand("{{if 1}}".repeat(most) + "x" + "{{end}}".repeat(most))).isEqualTo("x");
    int more = Expansion.NESTING_MAX + 1;
    assertThat(trouble("{{if 1}}".repeat(more) + "x" + "{{end}}".repeat(more)))
        .isEqualTo("template: expansion:1: nested deeper than 200");
    assertThat(trouble("{{" + "(".repeat(more) + "1" + ")".repeat(more) + "}}"))
        .isEqualTo("template: expansion:1: nested deeper than 200");
  }

  @Test
  void templatesCallEachOtherSoDeepAtMost() {
    assertThat(trouble("{{define \"t\"}}{{template \"t\"}}{{end}}{{template \"t\"}}"))
        .isEqualTo(
            "template: expansion:1:14: executing \"t\" at <{{template \"t\"}}>: "
                + "exceeded maximum template depth (400)");
  }

  @Test
  void anExpansionTakesSoManyStepsAtMost() {
    assertThat(expand("{{range 100}}{{range 100}}{{end}}{{end}}")).isEmpty();
    assertThat(trouble("{{range 1000}}{{range 1000}}{{end}}{{end}}"))
        .isEqualTo("template: expansion: it takes more than 1000000 steps");
    // Work on what is long counts for more.
    assertThat(trouble("{{$x := printf \"%500000d\" 1}}{{range 1000}}{{$y := eq $x $x}}{{end}}"))
        .isEqualTo("template: expansion: it takes more than 1000000 steps");
  }

  @Test
  void thereAreSoManyVariablesAtMost() {
    int most = Expansion.VARIABLES_MAX - 1; // The first is $.
    assertThat(expand("{{$x := 1}}".repeat(most))).isEmpty();
    assertThat(trouble("{{$x := 1}}".repeat(most + 1)))
        .isEqualTo("template: expansion:1: more than 200 variables");
  }

  @Test
  void whatWasMadeOnTheWayIsWiped() {
    byte[] made;
    try (Memory memory = new Memory(10)) {
      made = memory.allocate(3);
      made[1] = 7;
    }
    assertThat(made).containsOnly(0);
  }

  private static final List<String> PIECES =
      List.of(
          "{{",
          "}}",
          "{{-",
          " -}}",
          "(",
          ")",
          "|",
          ":=",
          "=",
          ",",
          " ",
          "\n",
          ".",
          "$",
          "$x",
          "$y",
          "if",
          "else",
          "end",
          "with",
          "range",
          "define",
          "block",
          "template",
          "break",
          "continue",
          "nil",
          "true",
          "\"t\"",
          "\"%d%s%v%q%x %5.2f\"",
          "`raw`",
          "'a'",
          "1",
          "-2",
          "1.5",
          "0x1f",
          "\"plain\"",
          ".Service",
          ".Labels",
          ".Name",
          ".Nope",
          "secret",
          "config",
          "env",
          "join",
          "print",
          "printf",
          "println",
          "index",
          "slice",
          "len",
          "eq",
          "lt",
          "and",
          "or",
          "not",
          "html",
          "js",
          "urlquery",
          "call",
          "{{end}}",
          "{{if true}}",
          "{{range .Service.Labels}}",
          "{{range 3}}",
          "{{define \"t\"}}",
          "{{template \"t\" .}}",
          "{{.}}",
          "{{$x := 1}}",
          "/*",
          "*/",
          "\\",
          "\u00e9",
          "\u0000",
          "text");

  @Seeds(2_000)
  void nothingButATemplateExceptionComesOut(long seed) {
    Random random = new Random(seed);
    StringBuilder template = new StringBuilder();
    int length = 1 + random.nextInt(40);
    for (int i = 0; i < length; i++) {
      boolean action = random.nextInt(3) == 0;
      template.append(action ? "{{" : "").append(PIECES.get(random.nextInt(PIECES.size())));
      template.append(random.nextBoolean() ? " " : "").append(action ? "}}" : "");
    }
    try {
      assertThat(expand(template.toString().getBytes(UTF_8)).length)
          .isLessThanOrEqualTo(Expansion.BYTES_MAX);
    } catch (TemplateException e) {
      assertThat(e.text()).startsWith("template: expansion");
    }
  }

  @Seeds(500)
  void anyBytesAreATemplateOrNone(long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[random.nextInt(60)];
    random.nextBytes(bytes);
    bytes =
        ("{{" + new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1) + "}}")
            .getBytes(random.nextBoolean() ? UTF_8 : java.nio.charset.StandardCharsets.ISO_8859_1);
    try {
      expand(bytes);
    } catch (TemplateException e) {
      assertThat(e.text()).startsWith("template: expansion");
    }
  }
}
