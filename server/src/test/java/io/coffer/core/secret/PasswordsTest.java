package io.coffer.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.SecretBytes;
import io.coffer.crypto.SeededEntropy;
import io.coffer.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class PasswordsTest {
  private static final Optional<Boolean> YES = Optional.of(true);
  private static final Optional<Boolean> NO = Optional.of(false);
  private static final Optional<Boolean> UNSAID = Optional.empty();

  static PasswordSpecification digits(long length) {
    return new PasswordSpecification("pin", length, NO, NO, YES, NO, "", "");
  }

  private static String generate(Passwords passwords, PasswordSpecification specification) {
    try (SecretBytes password = passwords.generate(specification)) {
      return password.lend(bytes -> new String(bytes, StandardCharsets.US_ASCII));
    }
  }

  @Seeds
  void anUnsaidClassIsIncludedAndAnIncludedOneOccurs(long seed) {
    Passwords passwords = new Passwords(new SeededEntropy(seed));
    String password =
        generate(passwords, new PasswordSpecification("k", 4, UNSAID, YES, UNSAID, UNSAID, "", ""));

    assertThat(password)
        .hasSize(4)
        .containsPattern("[A-Z]")
        .containsPattern("[a-z]")
        .containsPattern("[0-9]")
        .containsPattern("[!-/:-@\\[-`{-~]");
  }

  @Seeds(50)
  void anExcludedClassDoesNotOccur(long seed) {
    Passwords passwords = new Passwords(new SeededEntropy(seed));
    for (int out = 0; out < 4; out++) {
      String password =
          generate(
              passwords,
              new PasswordSpecification(
                  "k",
                  200,
                  Optional.of(out != 0),
                  Optional.of(out != 1),
                  Optional.of(out != 2),
                  Optional.of(out != 3),
                  "",
                  ""));
      String absent = List.of("[A-Z]", "[a-z]", "[0-9]", "[!-/:-@\\[-`{-~]").get(out);
      assertThat(password).hasSize(200).doesNotContainPattern(absent);
    }
  }

  @Seeds(50)
  void punctuationCanBeChosenOrRuledOut(long seed) {
    Passwords passwords = new Passwords(new SeededEntropy(seed));
    String chosen =
        generate(passwords, new PasswordSpecification("k", 20, NO, NO, NO, YES, "#-~", ""));
    String without =
        generate(passwords, new PasswordSpecification("k", 256, NO, NO, NO, YES, "", "\\'\""));

    assertThat(chosen).matches("[#~-]{20}");
    assertThat(without).hasSize(256).doesNotContain("\\", "'", "\"");
  }

  @Test
  void aLengthIsFrom1To256And36IfUnsaid() {
    Passwords passwords = new Passwords(new SeededEntropy(1));
    assertThat(generate(passwords, digits(0))).hasSize(36);
    assertThat(generate(passwords, digits(1))).hasSize(1);
    assertThat(generate(passwords, digits(256))).hasSize(256);
  }

  @Test
  void everyCharacterIsEquallyLikely() {
    Passwords passwords = new Passwords(new SeededEntropy(1));
    PasswordSpecification all = new PasswordSpecification("k", 256, YES, YES, YES, YES, "", "");
    Map<Character, Integer> counts = new HashMap<>();
    for (int i = 0; i < 400; i++) {
      generate(passwords, all).chars().forEach(c -> counts.merge((char) c, 1, Integer::sum));
    }
    assertThat(counts).hasSize(94);
    // 93 degrees of freedom: more than 160 happens to a fair draw once in a hundred thousand.
    assertThat(chiSquare(counts)).isLessThan(160);
  }

  @Test
  void everyPasswordThatMeetsTheSpecificationIsEquallyLikely() {
    Passwords passwords = new Passwords(new SeededEntropy(1));
    // A digit and an exclamation mark, in either order: 20 passwords.
    PasswordSpecification two = new PasswordSpecification("k", 2, NO, NO, YES, YES, "!", "");
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      counts.merge(generate(passwords, two), 1, Integer::sum);
    }
    assertThat(counts).hasSize(20);
    assertThat(chiSquare(counts)).isLessThan(60);
  }

  private static double chiSquare(Map<?, Integer> counts) {
    double expected = counts.values().stream().mapToInt(n -> n).average().orElseThrow();
    return counts.values().stream()
        .mapToDouble(n -> (n - expected) * (n - expected) / expected)
        .sum();
  }

  @Test
  void aSpecificationThatCannotBeMetDoesNotExist() {
    assertRefused("length", -1, YES, YES, YES, YES, "", "");
    assertRefused("length", 257, YES, YES, YES, YES, "", "");
    assertRefused("length", 3, YES, YES, YES, YES, "", "");
    assertRefused("length", 1, NO, UNSAID, UNSAID, NO, "", "");
    assertRefused("included_punctuation", 9, YES, YES, YES, YES, "!", "?");
    assertRefused("include_punctuation", 9, YES, YES, YES, NO, "!", "");
    assertRefused("include_punctuation", 9, YES, YES, YES, NO, "", "!");
    assertRefused("included_punctuation", 9, YES, YES, YES, YES, "!a", "");
    assertRefused("included_punctuation", 9, YES, YES, YES, YES, "\u00a7", "");
    assertRefused("excluded_punctuation", 9, YES, YES, YES, YES, "", " ");
    assertRefused("include_lowercase", 9, NO, NO, NO, NO, "", "");
    assertRefused(
        "excluded_punctuation", 9, YES, YES, YES, YES, "", PasswordSpecification.PUNCTUATION);
  }

  private static void assertRefused(
      String field,
      long length,
      Optional<Boolean> uppercase,
      Optional<Boolean> lowercase,
      Optional<Boolean> digits,
      Optional<Boolean> punctuation,
      String included,
      String excluded) {
    assertThatThrownBy(() ->
            new PasswordSpecification(
                "k", length, uppercase, lowercase, digits, punctuation, included, excluded))
        .isInstanceOfSatisfying(
            CofferException.class,
            e ->
                assertThat(e.problem())
                    .isInstanceOfSatisfying(
                        Problem.Invalid.class,
                        it ->
                            assertThat(it.field())
                                .isEqualTo("password_payload_specification." + field)));
  }

  @Test
  void allPunctuationIsThere() {
    UnaryOperator<String> sorted =
        text -> text.chars().sorted().mapToObj(Character::toString).reduce("", String::concat);
    StringBuilder ascii = new StringBuilder();
    for (char c = '!'; c <= '~'; c++) {
      if (!Character.isLetterOrDigit(c)) {
        ascii.append(c);
      }
    }
    assertThat(sorted.apply(PasswordSpecification.PUNCTUATION)).isEqualTo(ascii.toString());
  }
}
