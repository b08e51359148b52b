package io.coffer.auth;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.stored.AuditRecord;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.iam.AccountDrafts;
import io.coffer.crypto.RsaKeys;
import io.coffer.testing.LoginKeys;
import io.coffer.testing.SimWorld;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Logins that somebody else made up, each refused for its own reason and on record. They are made
 * by hand and signed by the platform, so that they share no code with what looks at them; the one
 * that is not forged shows that they are made as they should.
 */
final class ForgedLoginsTest {
  private static final int HOUR = 3_600;
  private static final int SKEW = (int) IamTokens.SKEW.toSeconds();

  private final SimWorld world = SimWorld.of(25);
  private final String account = world.founding().admin().id();
  private final String keyId = world.founding().adminKey().id();
  private final long now = world.now().getEpochSecond();

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  /** A login, of which a forger changes a part. */
  private record Forged(
      String why,
      String algorithm,
      String kid,
      String issuer,
      String audience,
      long iat,
      long exp,
      String more,
      PrivateKey key) {
    Forged because(String reason) {
      return new Forged(reason, algorithm, kid, issuer, audience, iat, exp, more, key);
    }

    Forged algorithm(String other) {
      return new Forged(why, other, kid, issuer, audience, iat, exp, more, key);
    }

    Forged kid(String other) {
      return new Forged(why, algorithm, other, issuer, audience, iat, exp, more, key);
    }

    Forged issuer(String other) {
      return new Forged(why, algorithm, kid, other, audience, iat, exp, more, key);
    }

    Forged audience(String other) {
      return new Forged(why, algorithm, kid, issuer, other, iat, exp, more, key);
    }

    Forged living(long from, long to) {
      return new Forged(why, algorithm, kid, issuer, audience, from, to, more, key);
    }

    Forged more(String claims) {
      return new Forged(why, algorithm, kid, issuer, audience, iat, exp, claims, key);
    }

    Forged signedBy(PrivateKey other) {
      return new Forged(why, algorithm, kid, issuer, audience, iat, exp, more, other);
    }

    String unsigned() {
      String header = "{\"typ\":\"JWT\",\"alg\":\"%s\",\"kid\":\"%s\"}".formatted(algorithm, kid);
      String claims =
          "{\"iss\":\"%s\",\"aud\":\"%s\",\"iat\":%d,\"exp\":%d%s}"
              .formatted(issuer, audience, iat, exp, more);
      return base64(header) + "." + base64(claims);
    }

    String jwt() {
      return unsigned() + "." + base64(signature(algorithm, key, unsigned()));
    }
  }

  private Forged genuine() {
    return new Forged(
        "",
        "PS256",
        keyId,
        account,
        "https://iam.api.cloud.yandex.net/iam/v1/tokens",
        now,
        now + HOUR,
        "",
        LoginKeys.privateKey());
  }

  private static byte[] signature(String algorithm, PrivateKey key, String signed) {
    byte[] message = signed.getBytes(StandardCharsets.US_ASCII);
    try {
      return switch (algorithm) {
        case "none" -> new byte[0];
        // What everybody knows of the key, as a secret: the classic.
        case "HS256" -> {
          Mac mac = Mac.getInstance("HmacSHA256");
          mac.init(
              new SecretKeySpec(
                  LoginKeys.publicPem().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
          yield mac.doFinal(message);
        }
        case "RS256" -> signed(Signature.getInstance("SHA256withRSA"), key, message);
        case "RS512" -> signed(Signature.getInstance("SHA512withRSA"), key, message);
        case "PS384" -> signed(pss("SHA-384", MGF1ParameterSpec.SHA384, 48), key, message);
        case "PS512" -> signed(pss("SHA-512", MGF1ParameterSpec.SHA512, 64), key, message);
        default -> signed(pss("SHA-256", MGF1ParameterSpec.SHA256, 32), key, message);
      };
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Signature pss(String digest, MGF1ParameterSpec mask, int salt)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("RSASSA-PSS");
    signature.setParameter(new PSSParameterSpec(digest, "MGF1", mask, salt, 1));
    return signature;
  }

  private static byte[] signed(Signature signature, PrivateKey key, byte[] message)
      throws GeneralSecurityException {
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Test
  void oneThatIsNotForgedIsBelieved() {
    for (Forged genuine :
        List.of(
            genuine(),
            genuine().living(now - HOUR - SKEW, now - SKEW),
            genuine().living(now + SKEW, now + SKEW + HOUR),
            genuine().more(",\"nbf\":" + (now + SKEW)))) {
      assertThat(await(world.logins().byJwt(world.nobody(), genuine.jwt())).token())
          .startsWith("t1.");
      assertThat(world.records().getLast().getAuthorized()).isTrue();
    }
  }

  @Test
  void eachForgedOneIsRefusedForItsReasonAndOnRecord() {
    String stranger = AccountDrafts.made(world, "stranger");
    try (RsaKeys other = RsaKeys.generate(RsaKeys.Algorithm.RSA_2048)) {
      for (Forged forged : forged(LoginKeys.privateKey(other), stranger)) {
        assertRefused(forged.jwt(), forged.why());
      }
    }
    // What can be done to one without a key.
    String jwt = genuine().jwt();
    String[] parts = jwt.split("\\.", -1);
    assertRefused(
        parts[0] + "." + base64("{\"iss\":\"" + stranger + "\"}") + "." + parts[2], "signature");
    assertRefused(parts[0] + "." + parts[1] + ".", "malformed");
    assertRefused(parts[0] + "." + parts[1], "malformed");
    assertRefused(genuine().algorithm("none").jwt(), "malformed");
    assertRefused(genuine().algorithm("none").unsigned() + ".AA", "malformed");
    assertRefused(base64("{\"alg\":\"PS256\"}") + "." + parts[1] + "." + parts[2], "kid");
  }

  private List<Forged> forged(PrivateKey otherKey, String stranger) {
    Forged genuine = genuine();
    List<Forged> all = new ArrayList<>();
    all.add(genuine.living(now - HOUR - SKEW - 1, now - SKEW - 1).because("expired"));
    all.add(genuine.living(now - 86_400, now - 86_400 + HOUR).because("expired"));
    all.add(genuine.living(now + SKEW + 1, now + SKEW + HOUR).because("iat is in the future"));
    all.add(genuine.more(",\"nbf\":" + (now + SKEW + 1)).because("nbf is in the future"));
    all.add(genuine.living(now, now + HOUR + 1).because("at most 1 hour"));
    all.add(genuine.living(now, now - 1).because("at most 1 hour"));
    all.add(genuine.living(0, 4_102_444_800L).because("at most 1 hour"));
    all.add(genuine.signedBy(otherKey).because("signature"));
    all.add(genuine.kid("ajenobody").because("kid"));
    all.add(genuine.kid(account).because("kid"));
    // By another account's key, which fits and does not speak for the issuer.
    all.add(genuine.kid(AccountDrafts.keyOf(world, stranger)).because("iss"));
    all.add(genuine.issuer(stranger).because("iss"));
    all.add(genuine.issuer("").because("iss"));
    all.add(genuine.audience("https://iam.example.com/iam/v1/tokens").because("aud"));
    all.add(genuine.audience("").because("aud"));
    for (String algorithm : List.of("HS256", "RS256", "RS512", "PS384", "PS512")) {
      all.add(genuine.algorithm(algorithm).because("PS256"));
    }
    return all;
  }

  private void assertRefused(String jwt, String why) {
    int before = world.records().size();
    Problem problem = problem(world.logins().byJwt(nobodyElse(), jwt));
    assertThat(problem)
        .as(jwt)
        .isInstanceOfSatisfying(
            Problem.Unauthenticated.class, it -> assertThat(it.reason()).contains(why));
    List<AuditRecord> records = world.records();
    assertThat(records).as(why).hasSize(before + 1);
    AuditRecord record = records.getLast();
    assertThat(record.getEventType()).isEqualTo("yandex.cloud.audit.iam.CreateIamToken");
    assertThat(record.getAuthorized()).isFalse();
    assertThat(record.getStatus()).isEqualTo("Unauthenticated");
  }

  /** From an address of its own each time: of one, not all refusals of a second are recorded. */
  private Call nobodyElse() {
    Call nobody = world.nobody();
    return new Call(
        nobody.caller(),
        nobody.door(),
        nobody.at(),
        nobody.requestId(),
        nobody.requestId(),
        nobody.userAgent());
  }
}
