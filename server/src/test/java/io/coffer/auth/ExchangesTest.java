package io.coffer.auth;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.stored.AuditRecord;
import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Subject;
import io.coffer.core.iam.AccountDrafts;
import io.coffer.core.workload.FederationDrafts;
import io.coffer.testing.OidcIssuer;
import io.coffer.testing.OidcIssuer.Signer;
import io.coffer.testing.OidcIssuer.Token;
import io.coffer.testing.SimWorld;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens of other issuers, genuine and forged. */
final class ExchangesTest {
  private static final String ISSUER = FederationDrafts.ISSUER;
  private static final String AUDIENCE = FederationDrafts.AUDIENCE;
  private static final String JWKS = FederationDrafts.JWKS;
  private static final String SUBJECT = "repo:acme/app:ref:refs/heads/main";
  private static final String NOT_ACCEPTED = "the subject token is not accepted for this audience";
  private static final long SKEW = 60;
  private static final long DAY = 86_400;

  private static final Signer RSA = OidcIssuer.rsa("rsa-1", "RS256");
  private static final Signer OTHER = OidcIssuer.rsa("other-1", "RS256");
  private static final Signer ELLIPTIC = OidcIssuer.ec("ec-1", "ES256");
  private static final Signer ELLIPTIC_384 = OidcIssuer.ec("ec-2", "ES384");

  private final SimWorld world = SimWorld.of(33);
  private final Bearer bearer = new Bearer(world.engine(), world.tokens(), world.witness());
  private final String account = AccountDrafts.made(world, "robot");
  private final String federation = FederationDrafts.made(world, "ci");
  private final String credential =
      await(
              world
                  .credentials()
                  .create(world.admin(), AccountDrafts.credential(account, federation, SUBJECT)))
          .resourceId();
  private final long now = world.now().getEpochSecond();

  @BeforeEach
  void theIssuerAnswers() {
    world.issuers().answer(JWKS, OidcIssuer.jwks(RSA, ELLIPTIC, ELLIPTIC_384));
  }

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private Token token() {
    return Token.of(ISSUER, SUBJECT, AUDIENCE, world.now());
  }

  private CompletionStage<IamTokens.Issued> exchange(String accountId, String token) {
    return world.exchanges().exchange(nobodyElse(), accountId, token);
  }

  /** From an address of its own each time: of one, not all refusals of a second are recorded. */
  private Call nobodyElse() {
    return from(world.nobody().requestId());
  }

  private Call from(String address) {
    Call nobody = world.nobody();
    return new Call(
        nobody.caller(),
        nobody.door(),
        nobody.at(),
        nobody.requestId(),
        address,
        nobody.userAgent());
  }

  private void assertGiven(String token) {
    IamTokens.Issued issued = await(exchange(account, token));
    assertThat(issued.expiresAt()).isEqualTo(world.now().plus(Duration.ofHours(1)));
    Caller caller = bearer.believe(Optional.of("Bearer " + issued.token()), world.now());
    assertThat(caller.subject()).isEqualTo(new Subject(Subject.Type.SERVICE_ACCOUNT, account));
  }

  private void assertRefused(String accountId, String token, String told, String reason) {
    int before = world.records().size();
    assertThat(problem(exchange(accountId, token)))
        .as(reason)
        .isInstanceOfSatisfying(
            Problem.Unauthenticated.class, it -> assertThat(it.reason()).isEqualTo(told));
    assertThat(world.records()).hasSize(before + 1);
    AuditRecord record = world.records().getLast();
    assertThat(record.getEventType()).isEqualTo("yandex.cloud.audit.iam.CreateIamToken");
    assertThat(record.getAuthorized()).isFalse();
    assertThat(record.getStatus()).isEqualTo("Unauthenticated");
    assertThat(record.toString()).contains(reason).doesNotContain(token);
  }

  private void assertNotAccepted(String token, String reason) {
    assertRefused(account, token, NOT_ACCEPTED, reason);
  }

  @Test
  void afterTooManyOfOneAccountNoneOfItIsLookedAtFromThereButElsewhere() {
    Exchanges limited =
        new Exchanges(
            world.engine(),
            world.witness(),
            world.tokens(),
            new IssuerKeys(world.issuers(), IssuerKeys.Life.DEFAULT),
            new Failures(3, () -> 0));
    for (String forged : List.of("no token", token().signedBy(OTHER), token().signedBy(OTHER))) {
      assertThat(problem(limited.exchange(from("192.0.2.9"), account, forged)))
          .isInstanceOf(Problem.Unauthenticated.class);
    }

    assertThat(problem(limited.exchange(from("192.0.2.9"), account, token().signedBy(RSA))))
        .isInstanceOf(Problem.TooMany.class);

    assertThat(await(limited.exchange(from("192.0.2.10"), account, token().signedBy(RSA))).token())
        .startsWith("t1.");
  }

  @Test
  void oneThatIsNotForgedIsGivenATokenAndItIsOnRecordForWhom() {
    assertGiven(token().signedBy(RSA));
    AuditRecord record = world.records().getLast();
    assertThat(record.getEventType()).isEqualTo("yandex.cloud.audit.iam.CreateIamToken");
    assertThat(record.getAuthorized()).isTrue();
    assertThat(record.getVia()).isEqualTo("federation");
    assertThat(record.getSubjectId()).isEqualTo(account);
    Map<String, String> details = new LinkedHashMap<>();
    record.getDetailsList().forEach(detail -> details.put(detail.getName(), detail.getValues(0)));
    assertThat(details)
        .containsEntry("service_account_id", account)
        .containsEntry("federation_id", federation)
        .containsEntry("federated_credential_id", credential)
        .containsEntry("external_subject_id", SUBJECT)
        .containsEntry("issuer", ISSUER);
  }

  @Test
  void everyAlgorithmOfAKeysOwnKindIsTaken() {
    assertGiven(token().signedBy(ELLIPTIC));
    assertGiven(token().signedBy(ELLIPTIC_384));
    for (String algorithm : new String[] {"RS384", "RS512", "PS256"}) {
      Signer key = RSA.named(algorithm).with(algorithm);
      world.advance(Duration.ofMinutes(1));
      world.issuers().answer(JWKS, OidcIssuer.jwks(key));
      assertGiven(token().signedBy(key));
    }
    // One that says nothing of algorithms is for all of its kind.
    Signer silent = RSA.named("silent");
    world.advance(Duration.ofMinutes(1));
    world
        .issuers()
        .answer(
            JWKS,
            OidcIssuer.jwks(silent)
                .replace("\"alg\":\"RS256\",", "")
                .replace("\"use\":\"sig\",", ""));
    assertGiven(token().signedBy(silent));
    assertGiven(token().signedBy(silent.with("PS256")));
  }

  @Test
  void timesAreTakenWithAMinuteToSpareAndLivesOfADay() {
    assertGiven(token().living(now - 300, now - SKEW).signedBy(RSA));
    assertGiven(token().living(now + SKEW, now + 300).signedBy(RSA));
    assertGiven(token().more(",\"nbf\":" + (now + SKEW)).signedBy(RSA));
    assertGiven(token().living(now, now + DAY).signedBy(RSA));
  }

  @Test
  void oneAudienceOfSeveralIsEnough() {
    assertGiven(token().audience("other").signedBy(RSA));
    assertGiven(token().audience("[null,\"y\",\"" + AUDIENCE + "\"]").signedBy(RSA));
  }

  @Test
  void whatIsWrongWithATokenByItselfIsTold() {
    Map<String, String> forged = new LinkedHashMap<>();
    forged.put(token().living(now - 300, now - SKEW - 1).signedBy(RSA), "has expired");
    forged.put(token().living(now - 2, now - 3).signedBy(RSA), "at most 24 hours");
    forged.put(token().living(now, now + DAY + 1).signedBy(RSA), "at most 24 hours");
    forged.put(token().living(now + SKEW + 1, now + 300).signedBy(RSA), "iat is in the future");
    forged.put(token().more(",\"nbf\":" + (now + SKEW + 1)).signedBy(RSA), "nbf is in the future");
    forged.put(token().unsigned(""), "no signed JWT");
    forged.put(token().unsigned("AA"), "no signed JWT");
    forged.put(
        token().macedWith(RSA.pair().getPublic().getEncoded(), "rsa-1"), "RS, PS or ES algorithm");
    forged.put(
        token().macedWith(OidcIssuer.jwk(RSA).getBytes(StandardCharsets.UTF_8), "rsa-1"),
        "RS, PS or ES algorithm");
    forged.put(token().signed("{\"alg\":\"RS256\"}", RSA), "as kid");
    forged.put("t1.nothing.here", "no signed JWT");
    forged.put("a.b", "no signed JWT");
    forged.put("x".repeat(WorkloadToken.LENGTH_MAX) + ".a.b", "at most 16384 characters");
    forged.forEach((token, why) -> {
      Problem problem = problem(exchange(account, token));
      assertThat(problem)
          .as(why)
          .isInstanceOfSatisfying(
              Problem.Unauthenticated.class, it -> assertThat(it.reason()).contains(why));
      AuditRecord record = world.records().getLast();
      assertThat(record.getAuthorized()).isFalse();
      assertThat(record.toString()).contains(why);
    });
    assertThat(world.issuers().questions()).isZero();
  }

  @Test
  void whatDependsOnWhatIsHereIsRefusedInTheSameWordsAndRecordedInItsOwn() {
    String issuers = "no enabled federation of the account is of this issuer";
    assertNotAccepted(token().issuer("https://evil.example").signedBy(RSA), issuers);
    assertNotAccepted(token().issuer(ISSUER + "/").signedBy(RSA), issuers);
    assertNotAccepted(token().audience("https://evil.example").signedBy(RSA), "aud is no audience");
    for (String subject :
        new String[] {"repo:acme/app:ref:refs/heads/dev", SUBJECT + "2", "", SUBJECT + " "}) {
      assertNotAccepted(token().subject(subject).signedBy(RSA), "no credential is for this sub");
    }
    assertThat(world.issuers().questions()).isZero();
    assertNotAccepted(token().signedBy(RSA.named("unknown")), "kid is no key of the issuer");
    assertNotAccepted(token().signedBy(OTHER.named("rsa-1")), "signature does not fit");
    String genuine = token().signedBy(RSA);
    String[] parts = genuine.split("\\.", -1);
    String[] others = token().more(",\"x\":1").signedBy(RSA).split("\\.", -1);
    assertNotAccepted(parts[0] + "." + others[1] + "." + parts[2], "signature does not fit");
    // Signed by the key, and not in the way that the key is for.
    assertNotAccepted(token().signedBy(RSA.with("PS256")), "signature does not fit");
    assertNotAccepted(token().signedBy(RSA.with("RS512")), "signature does not fit");
    assertNotAccepted(
        token().signed(OidcIssuer.header("ES384", "ec-1"), ELLIPTIC), "signature does not fit");
    assertNotAccepted(
        token()
            .signed(
                "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"jwk\":" + OidcIssuer.jwk(OTHER) + "}",
                OTHER),
        "signature does not fit");
    assertNotAccepted(
        token().signed("{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"crit\":[\"x\"],\"x\":1}", RSA),
        "signature does not fit");
    assertGiven(genuine);
  }

  @Test
  void keysThatAreNotForSigningOrTooShortAreNone() {
    Signer weak = OidcIssuer.rsa("weak", "RS256", 1024);
    world
        .issuers()
        .answer(
            JWKS,
            OidcIssuer.jwks(weak, RSA.named("enc"), RSA.named("wrap"))
                .replace("\"enc\",\"use\":\"sig\"", "\"enc\",\"use\":\"enc\"")
                .replace("\"wrap\",\"use\":\"sig\"", "\"wrap\",\"key_ops\":[\"wrapKey\"]"));
    assertNotAccepted(token().signedBy(weak), "signature does not fit");
    assertNotAccepted(token().signedBy(RSA.named("enc")), "signature does not fit");
    assertNotAccepted(token().signedBy(RSA.named("wrap")), "signature does not fit");
  }

  @Test
  void nobodyLearnsWhichAccountsThereAre() {
    String bare = AccountDrafts.made(world, "bare");
    String gone = "no enabled federation of the account";
    assertRefused(bare, token().signedBy(RSA), NOT_ACCEPTED, gone);
    for (String none : new String[] {"ajenone", "", "a\0b", "x".repeat(60)}) {
      assertRefused(none, token().signedBy(RSA), NOT_ACCEPTED, "the account is not there");
    }
  }

  @Test
  void theKeyOfAnotherFederationIsNone() {
    String other = FederationDrafts.made(world, "other", "https://other", "https://other/keys");
    await(
        world
            .credentials()
            .create(world.admin(), AccountDrafts.credential(account, other, SUBJECT)));
    world.issuers().answer("https://other/keys", OidcIssuer.jwks(OTHER));
    assertGiven(token().issuer("https://other").signedBy(OTHER));
    assertNotAccepted(token().signedBy(OTHER), "kid is no key of the issuer");
    assertNotAccepted(token().signedBy(OTHER.named("rsa-1")), "signature does not fit");
    assertNotAccepted(token().issuer("https://other").signedBy(RSA), "kid is no key");
  }

  @Test
  void ofTwoFederationsOfOneIssuerEitherMayKnowTheKey() {
    String second = FederationDrafts.made(world, "second", ISSUER, "https://mirror/keys");
    await(
        world
            .credentials()
            .create(world.admin(), AccountDrafts.credential(account, second, SUBJECT)));
    world.issuers().answer("https://mirror/keys", OidcIssuer.jwks(OTHER));
    assertGiven(token().signedBy(OTHER));
    assertGiven(token().signedBy(RSA));
  }

  @Test
  void aDisabledFederationGivesNothingAndWhatItGaveEnds() {
    String given = await(exchange(account, token().signedBy(RSA))).token();
    await(world.federations().update(world.admin(), FederationDrafts.disabled(federation, true)));
    assertNotAccepted(token().signedBy(RSA), "no enabled federation");
    assertEnded(given);
    await(world.federations().update(world.admin(), FederationDrafts.disabled(federation, false)));
    assertGiven(token().signedBy(RSA));
  }

  private void assertEnded(String token) {
    assertThatThrownBy(() -> bearer.believe(Optional.of("Bearer " + token), world.now()))
        .isInstanceOf(CofferException.class);
  }

  @Test
  void aCredentialThatIsGoneGivesNothingAndWhatItGaveEnds() {
    String given = await(exchange(account, token().signedBy(RSA))).token();
    await(world.credentials().delete(world.admin(), credential));
    assertNotAccepted(token().signedBy(RSA), "no enabled federation");
    assertEnded(given);
  }

  @Test
  void aFederationThatIsGoneGivesNothingAndWhatItGaveEnds() {
    String given = await(exchange(account, token().signedBy(RSA))).token();
    await(world.federations().delete(world.admin(), federation));
    assertNotAccepted(token().signedBy(RSA), "no enabled federation");
    assertEnded(given);
  }

  @Test
  void aSuspendedAccountIsGivenNothing() {
    String given = await(exchange(account, token().signedBy(RSA))).token();
    await(world.accounts().suspend(world.admin(), account, "", Optional.empty()));
    assertNotAccepted(token().signedBy(RSA), "the account is not there, suspended or expired");
    assertEnded(given);
    await(world.accounts().reactivate(world.admin(), account));
    assertGiven(token().signedBy(RSA));
  }

  @Test
  void aTokenThatWasGivenCanBeTakenBackAndEndsInAnHour() {
    String first = await(exchange(account, token().signedBy(RSA))).token();
    String second = await(exchange(account, token().signedBy(RSA))).token();
    await(world.logins().revoke(world.admin(), first));
    assertEnded(first);
    assertThat(bearer.believe(Optional.of("Bearer " + second), world.now()).believed()).isTrue();
    world.advance(Duration.ofHours(1).plusSeconds(1));
    assertEnded(second);
  }

  @Test
  void whatIsTakenAwayWhileTheIssuerIsAskedIsNotGiven() {
    CompletableFuture<String> later = world.issuers().hang(JWKS);
    CompletableFuture<IamTokens.Issued> waiting =
        exchange(account, token().signedBy(RSA)).toCompletableFuture();
    assertThat(waiting).isNotDone();
    await(world.credentials().delete(world.admin(), credential));
    later.complete(OidcIssuer.jwks(RSA));
    assertThat(problem(waiting)).isEqualTo(new Problem.Unauthenticated(NOT_ACCEPTED));
    assertThat(world.records().getLast().toString()).contains("was changed meanwhile");
  }

  @Test
  void anIssuerThatIsNotToBeHadIsNoReasonToBelieve() {
    world.issuers().fail(JWKS);
    assertNotAccepted(token().signedBy(RSA), "the keys of the issuer are not to be had");
    for (String nonsense : new String[] {"", "{}", "{\"keys\":7}", "[]", "{\"keys\":[{}]}"}) {
      world.advance(Duration.ofMinutes(1));
      world.issuers().answer(JWKS, nonsense);
      assertNotAccepted(token().signedBy(RSA), "");
    }
  }

  @Test
  void rulesOfACredentialSayWhichSubjects() {
    await(
        world
            .credentials()
            .create(
                world.admin(),
                AccountDrafts.credential(account, federation, "repo:acme/lib:ref:refs/tags/*")));
    assertGiven(token().subject("repo:acme/lib:ref:refs/tags/v1").signedBy(RSA));
    for (String subject :
        new String[] {"repo:acme/lib:ref:refs/heads/v1", "repo:acme/lib2:ref:refs/tags/v1"}) {
      assertNotAccepted(token().subject(subject).signedBy(RSA), "no credential is for this sub");
    }
  }
}
