package io.coffer.core.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SubjectRuleTest {
  @ParameterizedTest
  @CsvSource({
    "repo:acme/app:ref:refs/heads/main, repo:acme/app:ref:refs/heads/main",
    "a, a",
    "repo:acme/app:*, repo:acme/app:ref:refs/heads/main",
    "repo:acme/app:*, repo:acme/app:pull_request",
    "repo:acme/app:environment:*, repo:acme/app:environment:prod",
    "repo:acme/app:ref:refs/heads/*, repo:acme/app:ref:refs/heads/main",
    "repo:acme/app:ref:refs/heads/*, repo:acme/app:ref:refs/heads/feature/x",
    "repo:acme/app:ref:refs/heads/v*, repo:acme/app:ref:refs/heads/v1",
    "repo:acme/app:ref:refs/tags/v*-rc, repo:acme/app:ref:refs/tags/v1.2-rc",
    "repo:acme/*:ref:refs/heads/main, repo:acme/app:ref:refs/heads/main",
    "repo:acme/app-*:ref:refs/heads/*, repo:acme/app-one:ref:refs/heads/a/b",
    "system:serviceaccount:shop:*, system:serviceaccount:shop:cart",
    "system:serviceaccount:*:cart, system:serviceaccount:shop:cart",
    "spiffe://trust.example/ns/*, spiffe://trust.example/ns/shop/sa/cart",
  })
  void whatIsMeantMatches(String rule, String subject) {
    assertThat(new SubjectRule(rule).matches(subject)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "repo:acme/app:ref:refs/heads/main, repo:acme/app:ref:refs/heads/main2",
    "repo:acme/app:ref:refs/heads/main, repo:acme/app:ref:refs/heads/Main",
    "repo:acme/app:ref:refs/heads/main, repo:acme/app:ref:refs/heads/main/",
    "repo:acme/app:*, repo:acme/app",
    "repo:acme/app:*, 'repo:acme/app:'",
    "repo:acme/app:*, repo:acme/app2:ref:refs/heads/main",
    "repo:acme/app:*, repo:acme/app/x:ref:refs/heads/main",
    "repo:acme/app:*, repo:evil/app:ref:refs/heads/main",
    "repo:acme/app:*, xrepo:acme/app:ref",
    "repo:acme/*:ref:refs/heads/main, repo:acme/:ref:refs/heads/main",
    "repo:acme/*:ref:refs/heads/main, repo:acme/a/b:ref:refs/heads/main",
    "repo:acme/*:ref:refs/heads/main, repo:acme/a:b:ref:refs/heads/main",
    "repo:acme/*:ref:refs/heads/main, repo:acme/app:ref:refs/heads/main:x",
    "repo:acme/*:ref:refs/heads/main, repo:acme-evil/app:ref:refs/heads/main",
    "repo:acme/*:ref:refs/heads/main, repo:acme/app:ref:refs/heads/dev",
    "repo:acme/app:ref:refs/heads/*, repo:acme/app:ref:refs/tags/v1",
    "repo:acme/app:ref:refs/heads/*, 'repo:acme/app:ref:refs/heads/'",
    "repo:acme/app:ref:refs/heads/*, repo:acme/app:ref:refs/heads/x:y",
    "repo:acme/app:ref:refs/heads/v*, repo:acme/app:ref:refs/heads/v",
    "repo:acme/app:ref:refs/heads/v*, repo:acme/app:ref:refs/heads/v1/x",
    "repo:acme/app:ref:refs/heads/a*a, repo:acme/app:ref:refs/heads/a",
    "repo:acme/app:ref:refs/heads/a*a, repo:acme/app:ref:refs/heads/aa",
    "system:serviceaccount:shop:*, system:serviceaccount:shop-evil:cart",
    "system:serviceaccount:*:cart, system:serviceaccount:shop:cart:x",
    "system:serviceaccount:*:cart, system:serviceaccount:shop/x:cart",
    "system:serviceaccount:*:cart, system:serviceaccount::cart",
  })
  void whatIsNotMeantDoesNot(String rule, String subject) {
    assertThat(new SubjectRule(rule).matches(subject)).isFalse();
    assertThat(new SubjectRule(rule).matches("")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "repo*",
        "repo:*",
        "repo:*/app:ref:refs/heads/main",
        "repo:acme*/app:ref:refs/heads/main",
        "repo:a*:ref",
        "https://*",
        "https://e*",
        "::*",
        "repo:acme/**",
        "repo:acme/a*b*:x",
        " ",
        "",
        "a\nb",
        "a\0b",
      })
  void whatWouldMeanStrangersOrNobodyIsRefused(String rule) {
    assertThatThrownBy(() -> new SubjectRule(rule))
        .isInstanceOf(CofferException.class)
        .hasMessageContaining("external_subject_id");
  }

  @Test
  void aRuleHasAThousandCharacters() {
    String longest = "a".repeat(SubjectRule.LENGTH_MAX);
    assertThat(new SubjectRule(longest).matches(longest)).isTrue();
    assertThatThrownBy(() -> new SubjectRule(longest + "a")).isInstanceOf(CofferException.class);
    assertThat(new SubjectRule("a:b:*").matches("a:b:" + "c".repeat(SubjectRule.LENGTH_MAX - 3)))
        .isFalse();
  }
}
