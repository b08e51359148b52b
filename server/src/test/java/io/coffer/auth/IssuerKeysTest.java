package io.coffer.auth;

import static io.coffer.testing.SimWorld.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.coffer.core.workload.Federation;
import io.coffer.testing.FakeIssuers;
import io.coffer.testing.OidcIssuer;
import io.coffer.testing.OidcIssuer.Signer;
import io.coffer.testing.OidcIssuer.Token;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.spec.RSAKeyGenParameterSpec;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class IssuerKeysTest {
  private static final IssuerKeys.Life LIFE = IssuerKeys.Life.DEFAULT;
  private static final Signer FIRST = OidcIssuer.ec("first", "ES256");
  private static final Signer SECOND = OidcIssuer.ec("second", "ES256");
  private static final String URL = "https://issuer/keys";

  private final FakeIssuers issuers = new FakeIssuers();
  private final IssuerKeys keys = new IssuerKeys(issuers, LIFE);
  private Instant now = Instant.parse("2030-01-01T00:00:00Z");

  private static Federation federation(String id, String url) {
    return new Federation(
        id, "f", "n", "", Instant.EPOCH, true, List.of("a"), "i", url, new TreeMap<>());
  }

  private CompletableFuture<Optional<IssuerKeySet>> ask(String url, String kid) {
    return keys.keys(federation(url, url), kid, now).toCompletableFuture();
  }

  private boolean has(String kid) {
    return await(ask(URL, kid)).map(set -> set.has(kid)).orElse(false);
  }

  @Test
  void freshKeysAreNotAskedForAgain() {
    issuers.answer(URL, OidcIssuer.jwks(FIRST));
    assertThat(has("first")).isTrue();
    now = now.plus(LIFE.fresh()).minusNanos(1);
    assertThat(has("first")).isTrue();
    assertThat(issuers.questions()).isEqualTo(1);
    now = now.plusNanos(1);
    assertThat(has("first")).isTrue();
    assertThat(issuers.questions()).isEqualTo(2);
  }

  @Test
  void aKeyThatIsNotKnownIsAskedForOnceInAWhile() {
    issuers.answer(URL, OidcIssuer.jwks(FIRST));
    assertThat(has("first")).isTrue();
    issuers.answer(URL, OidcIssuer.jwks(SECOND, FIRST));
    for (int i = 0; i < 100; i++) {
      assertThat(has("second")).isFalse();
    }
    assertThat(issuers.questions()).isEqualTo(1);
    now = now.plus(LIFE.pause());
    assertThat(has("second")).isTrue();
    assertThat(has("first")).isTrue();
    assertThat(issuers.questions()).isEqualTo(2);
    for (int i = 0; i < 100; i++) {
      assertThat(has("made-up-" + i)).isFalse();
    }
    assertThat(issuers.questions()).isEqualTo(2);
  }

  @Test
  void aKeyThatTheIssuerTookBackIsGoneWithTheNextQuestion() {
    issuers.answer(URL, OidcIssuer.jwks(FIRST, SECOND));
    assertThat(has("first")).isTrue();
    issuers.answer(URL, OidcIssuer.jwks(SECOND));
    now = now.plus(LIFE.fresh());
    assertThat(has("first")).isFalse();
    assertThat(has("second")).isTrue();
  }

  @Test
  void keysAreUsedForADayWhileTheIssuerIsDown() {
    issuers.answer(URL, OidcIssuer.jwks(FIRST));
    assertThat(has("first")).isTrue();
    Instant had = now;
    issuers.fail(URL);
    now = had.plus(LIFE.fresh());
    assertThat(has("first")).isTrue();
    assertThat(has("first")).isTrue();
    assertThat(issuers.questions()).isEqualTo(2); // Not again within the pause.
    now = had.plus(LIFE.kept()).minusNanos(1);
    assertThat(has("first")).isTrue();
    now = had.plus(LIFE.kept()).plus(LIFE.pause());
    assertThat(has("first")).isFalse();
    now = now.plus(LIFE.pause());
    issuers.answer(URL, OidcIssuer.jwks(FIRST));
    assertThat(has("first")).isTrue();
  }

  @Test
  void manyWhoWaitForOneIssuerAskOnce() {
    CompletableFuture<String> later = issuers.hang(URL);
    List<CompletableFuture<Optional<IssuerKeySet>>> waiting = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      waiting.add(ask(URL, "first"));
    }
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    later.complete(OidcIssuer.jwks(FIRST));
    assertThat(waiting).allMatch(each -> each.join().orElseThrow().has("first"));
    assertThat(issuers.questions()).isEqualTo(1);
  }

  @Test
  void oneWhoGivesUpDoesNotEndItForTheOthers() {
    CompletableFuture<String> later = issuers.hang(URL);
    CompletableFuture<Optional<IssuerKeySet>> one = ask(URL, "first");
    CompletableFuture<Optional<IssuerKeySet>> other = ask(URL, "first");
    one.cancel(true);
    later.complete(OidcIssuer.jwks(FIRST));
    assertThat(other.join()).isPresent();
  }

  @Test
  void aSlowIssuerHoldsUpNobodyElseAndItsOwnKnownKeysNeither() {
    issuers.answer(URL, OidcIssuer.jwks(FIRST));
    assertThat(has("first")).isTrue();
    now = now.plus(LIFE.pause());
    CompletableFuture<String> later = issuers.hang(URL);
    CompletableFuture<Optional<IssuerKeySet>> waiting = ask(URL, "second");
    assertThat(waiting).isNotDone();
    assertThat(has("first")).isTrue();
    issuers.answer("https://other", OidcIssuer.jwks(SECOND));
    assertThat(ask("https://other", "second")).isDone();
    later.completeExceptionally(new IOException());
    assertThat(waiting.join().orElseThrow().has("second")).isFalse();
  }

  @Test
  void noMoreIssuersThanSixteenAreAskedAtOnceAndTheRestDoesNotWait() {
    List<CompletableFuture<String>> hanging = new ArrayList<>();
    for (int i = 0; i < IssuerKeys.FETCHES_MAX; i++) {
      hanging.add(issuers.hang("https://slow" + i));
      assertThat(ask("https://slow" + i, "first")).isNotDone();
    }
    issuers.answer(URL, OidcIssuer.jwks(FIRST));
    assertThat(await(ask(URL, "first"))).isEmpty();
    assertThat(issuers.questions()).isEqualTo(IssuerKeys.FETCHES_MAX);
    hanging.getFirst().complete("");
    assertThat(has("first")).isTrue();
  }

  @Test
  void keysOfOnePlaceAreNotThoseOfTheNext() {
    issuers.answer(URL, OidcIssuer.jwks(FIRST));
    issuers.answer("https://moved", OidcIssuer.jwks(SECOND));
    Federation before = federation("f", URL);
    Federation after = federation("f", "https://moved");
    assertThat(await(keys.keys(before, "first", now)).orElseThrow().has("first")).isTrue();
    assertThat(await(keys.keys(after, "first", now)).orElseThrow().has("first")).isFalse();
  }

  @Test
  void aClockThatIsSetBackMakesKeysOld() {
    issuers.answer(URL, OidcIssuer.jwks(FIRST));
    assertThat(has("first")).isTrue();
    issuers.fail(URL);
    now = now.minus(Duration.ofHours(1));
    assertThat(has("first")).isFalse();
  }

  private boolean isSigned(IssuerKeySet set, Signer signer) throws ParseException {
    return set.signed(SignedJWT.parse(Token.of("i", "s", "a", now).signedBy(signer)));
  }

  @Test
  void ofKeysWithOneIdTheFirstCountsSoThatATokenIsVerifiedOnce() throws Exception {
    Signer impostor = SECOND.named(FIRST.kid());
    IssuerKeySet set = IssuerKeySet.parse(OidcIssuer.jwks(FIRST, impostor)).orElseThrow();

    assertThat(isSigned(set, FIRST)).isTrue();
    assertThat(isSigned(set, impostor)).isFalse();
  }

  @Test
  void aKeyThatTakesLongToVerifyWithVerifiesNothing() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(new RSAKeyGenParameterSpec(2_048, BigInteger.ONE.shiftLeft(33).setBit(0)));
    Signer slow = new Signer("slow", "RS256", generator.generateKeyPair());

    assertThat(isSigned(IssuerKeySet.parse(OidcIssuer.jwks(slow)).orElseThrow(), slow)).isFalse();
  }

  @Test
  void aSetHasAHundredKeys() {
    Signer[] many = new Signer[IssuerKeySet.KEYS_MAX];
    for (int i = 0; i < many.length; i++) {
      many[i] = FIRST.named("k" + i);
    }
    assertThat(IssuerKeySet.parse(OidcIssuer.jwks(many))).isPresent();
    Signer[] more = Arrays.copyOf(many, many.length + 1);
    more[many.length] = SECOND;
    assertThat(IssuerKeySet.parse(OidcIssuer.jwks(more))).isEmpty();
  }
}
