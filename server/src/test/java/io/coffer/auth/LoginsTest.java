package io.coffer.auth;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.stored.AuditRecord;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.coffer.Problem;
import io.coffer.core.Caller;
import io.coffer.crypto.RsaKeys;
import io.coffer.engine.EngineException;
import io.coffer.testing.LoginKeys;
import io.coffer.testing.SimWorld;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoginsTest {
  private static final String CLOUD = "https://iam.api.cloud.yandex.net/iam/v1/tokens";

  private final SimWorld world = SimWorld.of(7);
  private final String account = world.founding().admin().id();
  private final String keyId = world.founding().adminKey().id();

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private JWTClaimsSet.Builder claims() {
    return claims(world.now(), world.now().plusSeconds(3600));
  }

  private JWTClaimsSet.Builder claims(Instant issuedAt, Instant expiresAt) {
    return new JWTClaimsSet.Builder()
        .issuer(account)
        .audience(CLOUD)
        .issueTime(Date.from(issuedAt))
        .expirationTime(Date.from(expiresAt));
  }

  private static JWSSigner signer() {
    return new RSASSASigner(LoginKeys.privateKey());
  }

  private String signed(JWTClaimsSet.Builder claims) {
    return signed(JWSAlgorithm.PS256, keyId, signer(), claims.build());
  }

  private static String signed(
      JWSAlgorithm algorithm, String keyId, JWSSigner signer, JWTClaimsSet claims) {
    try {
      SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private void assertBelieved(String jwt) {
    int before = world.records().size();

    IamTokens.Issued issued = await(world.logins().byJwt(world.nobody(), jwt));

    assertThat(issued.expiresAt()).isEqualTo(world.now().plus(IamTokens.LIFE));
    assertThat(world.tokens().verify(issued.token(), world.now()).caller())
        .isEqualTo(new Caller(world.founding().admin().subject(), "admin", Caller.Via.IAM_TOKEN));
    List<AuditRecord> records = world.records();
    assertThat(records).hasSize(before + 1);
    AuditRecord record = records.getLast();
    assertThat(record.getEventType()).isEqualTo("yandex.cloud.audit.iam.CreateIamToken");
    assertThat(record.getAuthorized()).isTrue();
    assertThat(record.getVia()).isEqualTo("jwt");
    assertThat(record.toString()).contains(keyId, account).doesNotContain(issued.token());
  }

  private void assertRefused(String jwt) {
    world.advance(java.time.Duration.ofSeconds(1)); // Each second has its share of refusals.
    int before = world.records().size();

    Problem problem = problem(world.logins().byJwt(world.nobody(), jwt));

    assertThat(problem).as(jwt).isInstanceOf(Problem.Unauthenticated.class);
    List<AuditRecord> records = world.records();
    assertThat(records).hasSize(before + 1);
    AuditRecord record = records.getLast();
    assertThat(record.getStatus()).isEqualTo("Unauthenticated");
    assertThat(record.getAuthorized()).isFalse();
    assertThat(record.getVia()).isEqualTo("nothing");
    for (String part : jwt.split("\\.", -1)) {
      if (part.length() > 8) {
        assertThat(problem.toString()).doesNotContain(part);
        assertThat(record.toString()).doesNotContain(part);
      }
    }
    assertThat(problem.toString()).doesNotContain(account).doesNotContain(keyId);
  }

  private void assertRefused(String jwt, String reason) {
    assertRefused(jwt);
    assertThat(problem(world.logins().byJwt(world.nobody(), jwt)))
        .isInstanceOfSatisfying(
            Problem.Unauthenticated.class, it -> assertThat(it.reason()).contains(reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CLOUD,
        "https://iam.localhost:8443/iam/v1/tokens",
        "https://localhost:8443/iam/v1/tokens",
        "https://LOCALHOST/iam/v1/tokens",
        "http://127.0.0.1:8080/iam/v1/tokens",
        "https://[::1]:8443/iam/v1/tokens",
      })
  void anAudienceOfOursIsBelievedAloneAndInAList(String audience) {
    assertBelieved(signed(claims().audience(audience)));
    assertBelieved(signed(claims().audience(List.of(audience))));
    assertBelieved(signed(claims().audience(List.of("https://example.com/", audience))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "https://iam.example.com/iam/v1/tokens",
        "https://iam.localhost.example.com/iam/v1/tokens",
        "https://iam.localhost:8443/",
        "https://iam.localhost:8443/iam/v1/tokens/",
        "https://iam.localhost:8443/iam/v1/keys",
        "ftp://localhost/iam/v1/tokens",
        "https://localhost@example.com/iam/v1/tokens",
        "https:localhost/iam/v1/tokens",
        "https://[::2]:8443/iam/v1/tokens",
        "not a URL"
      })
  void aForeignAudienceIsRefused(String audience) {
    assertRefused(signed(claims().audience(audience)), "aud");
    assertRefused(signed(claims().audience(List.of(audience, "x"))), "aud");
  }

  @Test
  void anAudienceThatIsNothingIsRefused() {
    assertRefused(signed(claims().audience((String) null)), "aud");
    assertRefused(signed(claims().audience(List.of())), "aud");
    assertRefused(signed(claims().claim("aud", Arrays.asList(null, "x"))), "aud");
    assertBelieved(signed(claims().claim("aud", Arrays.asList(null, CLOUD))));
    assertRefused(signed(claims().claim("aud", 5)));
  }

  @Test
  void aJwtMayBeUsedAgainWithinItsLife() {
    String jwt = signed(claims());
    assertBelieved(jwt);
    world.advance(java.time.Duration.ofMinutes(30));
    assertBelieved(jwt);
  }

  @Test
  void aJwtLivesFromIssueToExpiryWithTheSkewOnBothSides() {
    Instant now = world.now();
    assertBelieved(signed(claims(now.plusSeconds(60), now.plusSeconds(90))));
    assertBelieved(signed(claims(now.minusSeconds(90), now.minusSeconds(60))));
    assertBelieved(signed(claims().notBeforeTime(Date.from(now.plusSeconds(60)))));

    assertRefused(signed(claims(now.plusSeconds(63), now.plusSeconds(90))), "iat");
    assertRefused(signed(claims(now.minusSeconds(90), now.minusSeconds(61))), "expired");
    assertRefused(signed(claims().notBeforeTime(Date.from(now.plusSeconds(90)))), "nbf");
  }

  @Test
  void aJwtLivesAnHourAtMost() {
    Instant now = world.now();
    assertBelieved(signed(claims(now, now.plusSeconds(3600))));
    assertRefused(signed(claims(now, now.plusSeconds(3601))), "1 hour");
    assertRefused(signed(claims(now, now.minusSeconds(1))), "1 hour");
    assertRefused(signed(claims(now, Instant.ofEpochSecond(9_000_000_000_000L))), "1 hour");
  }

  @Test
  void aJwtWithoutATimeIsRefused() {
    assertRefused(signed(claims().issueTime(null)), "iat");
    assertRefused(signed(claims().expirationTime(null)), "exp");
    assertRefused(signed(claims().claim("exp", "tomorrow")));
    assertRefused(signed(claims().claim("exp", Long.MAX_VALUE)));
    assertRefused(signed(claims().claim("iat", Long.MIN_VALUE)));
  }

  @Test
  void theIssuerIsTheAccountOfTheKey() {
    assertRefused(signed(claims().issuer("ajeother")), "iss");
    assertRefused(signed(claims().issuer(null)), "iss");
    assertRefused(signed(claims().issuer(keyId)), "iss");
  }

  @Test
  void theKeyIsOneOfOurs() {
    JWTClaimsSet claims = claims().build();
    for (String other : new String[] {"ajeother", "", account, "k".repeat(3_000)}) {
      assertRefused(signed(JWSAlgorithm.PS256, other, signer(), claims), "kid");
    }
    assertRefused(signed(JWSAlgorithm.PS256, keyId + "\0", signer(), claims), "kid");
    SignedJWT without = new SignedJWT(new JWSHeader(JWSAlgorithm.PS256), claims);
    try {
      without.sign(signer());
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
    assertRefused(without.serialize(), "kid");
  }

  @Test
  void anotherKeysSignatureIsRefused() {
    try (RsaKeys other = RsaKeys.generate(RsaKeys.Algorithm.RSA_2048)) {
      assertRefused(
          signed(
              JWSAlgorithm.PS256,
              keyId,
              new RSASSASigner(LoginKeys.privateKey(other)),
              claims().build()),
          "signature");
    }
  }

  @Test
  void aChangedJwtIsRefused() {
    String jwt = signed(claims());
    String[] parts = jwt.split("\\.", -1);
    String forged =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                claims().claim("x", "y").build().toString().getBytes(StandardCharsets.UTF_8));

    assertRefused(parts[0] + "." + forged + "." + parts[2], "signature");
    assertRefused(parts[0] + "." + parts[1] + ".");
    assertRefused(parts[0] + "." + parts[1]);
    assertRefused(parts[0] + "." + parts[1] + "." + parts[2].substring(4));
    char first = parts[2].charAt(0);
    assertRefused(
        parts[0] + "." + parts[1] + "." + (first == 'A' ? 'B' : 'A') + parts[2].substring(1),
        "signature");
  }

  @Test
  void noAlgorithmButPs256IsTaken() throws JOSEException {
    JWTClaimsSet claims = claims().build();
    for (JWSAlgorithm other : List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512)) {
      assertRefused(signed(other, keyId, signer(), claims), "PS256");
    }
    // The classic: the public key, which is no secret, as the secret of an HMAC.
    byte[] secret = world.founding().adminKey().publicKeyPem().getBytes(StandardCharsets.UTF_8);
    assertRefused(signed(JWSAlgorithm.HS256, keyId, new MACSigner(secret), claims), "PS256");
    assertRefused(new PlainJWT(claims).serialize());
  }

  @Test
  void garbageIsRefused() {
    List<String> garbage = new ArrayList<>(List.of("", ".", "..", "a.b.c", "\0", "....", "{}"));
    String jwt = signed(claims());
    garbage.add(jwt + ".");
    garbage.add(" " + jwt + "\u00e4");
    garbage.add("x".repeat(SignedLogin.LENGTH_MAX + 1));
    garbage.add(encoded("[".repeat(5_000)) + ".e30.AA");
    garbage.add(encoded("{\"alg\":\"PS256\",\"kid\":\"k\"}") + "." + encoded("[1]") + ".AA");
    garbage.add(encoded("{\"alg\":\"PS256\",\"kid\":5}") + ".e30.AA");
    garbage.add(encoded("{\"alg\":5,\"kid\":\"k\"}") + ".e30.AA");
    garbage.add(encoded("{}") + ".e30.AA");
    garbage.add(encoded("{\"alg\":\"PS256\",\"kid\":\"k\",\"crit\":[\"x\"]}") + ".e30.AA");
    garbage.forEach(this::assertRefused);
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aJwtHasAtMost8000Characters() {
    int short8000 = SignedLogin.LENGTH_MAX - signed(claims().claim("x", "")).length();
    int fits = short8000 / 4 * 3;
    assertBelieved(signed(claims().claim("x", "y".repeat(fits - 3))));
    assertRefused(signed(claims().claim("x", "y".repeat(fits + 3))), "8000");
  }

  @Test
  void aLoginThatCannotBeWrittenDownGivesNoToken() {
    try (SimWorld failing = SimWorld.committing(7)) {
      failing.failCommits(true);
      String good =
          signed(
              JWSAlgorithm.PS256,
              failing.founding().adminKey().id(),
              signer(),
              claims().issuer(failing.founding().admin().id()).build());
      for (String jwt : List.of(good, "garbage")) {
        assertThatThrownBy(() -> await(failing.logins().byJwt(failing.nobody(), jwt)))
            .isInstanceOf(EngineException.Unavailable.class);
      }
      failing.failCommits(false);
      assertThat(await(failing.logins().byJwt(failing.nobody(), good)).token()).startsWith("t1.");
    }
  }
}
