package io.coffer.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Caller;
import io.coffer.core.Subject;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.SeededEntropy;
import io.coffer.testing.Golden;
import io.coffer.testing.Nouns;
import io.coffer.testing.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

final class IamTokensTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final String FORM = "t1\\.[A-Z0-9a-z_-]+[=]{0,2}\\.[A-Z0-9a-z_-]{86}[=]{0,2}";
  private static final Subject SUBJECT = new Subject(Subject.Type.SERVICE_ACCOUNT, "ajeone");

  private final IamTokens tokens = tokens(1);

  private static IamTokens tokens(long seed) {
    SeededEntropy entropy = new SeededEntropy(seed);
    return new IamTokens(Keyring.fresh(entropy, NOW), entropy);
  }

  private static IamTokens.Claims claims(Instant issuedAt) {
    return new IamTokens.Claims(
        SUBJECT, "admin", issuedAt, issuedAt.plus(IamTokens.LIFE), "ajekey");
  }

  private String issue() {
    return tokens.issue(claims(NOW)).token();
  }

  private static void assertRefused(IamTokens tokens, String token, Instant now) {
    assertThatThrownBy(() -> tokens.verify(token, now))
        .as(token)
        .isInstanceOfSatisfying(
            CofferException.class,
            e -> {
              assertThat(e.problem()).isInstanceOf(Problem.Unauthenticated.class);
              assertThat(e).hasMessageNotContaining("t1.");
            });
  }

  @Seeds
  void aTokenSpeaksForWhomItWasIssued(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Subject subject = new Nouns(seed).subject();
    String name = random.nextBoolean() ? "" : "näme " + random.nextInt();
    Instant issued = NOW.plusNanos(random.nextLong(1_000_000_000_000L));
    IamTokens.Issued issuedToken =
        tokens.issue(
            new IamTokens.Claims(subject, name, issued, issued.plus(IamTokens.LIFE), "key"));

    assertThat(issuedToken.token()).matches(FORM);
    assertThat(issuedToken.expiresAt()).isEqualTo(issued.plus(IamTokens.LIFE));
    assertThat(tokens.verify(issuedToken.token(), issued).caller())
        .isEqualTo(new Caller(subject, name, Caller.Via.IAM_TOKEN));
  }

  @Test
  void noTwoTokensAreTheSame() {
    assertThat(issue()).isNotEqualTo(issue());
  }

  @Test
  void aTokenDoesNotPrint() {
    assertThat(tokens.issue(claims(NOW)).toString()).isEqualTo("Issued[redacted]");
  }

  @Test
  void everyChangedCharacterIsRefused() {
    String token = issue();
    for (int i = 0; i < token.length(); i++) {
      for (char other : new char[] {'A', 'B', 'Q', 'g', '_', '.', '=', '+', ' ', '\0'}) {
        if (token.charAt(i) != other) {
          assertRefused(tokens, token.substring(0, i) + other + token.substring(i + 1), NOW);
        }
      }
    }
  }

  @Test
  void everyOtherLastCharacterIsRefused() {
    String token = issue();
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < alphabet.length(); i++) {
      char other = alphabet.charAt(i);
      if (token.charAt(token.length() - 1) != other) {
        assertRefused(tokens, token.substring(0, token.length() - 1) + other, NOW);
      }
    }
  }

  @Test
  void whatIsCutOrAddedIsRefused() {
    String token = issue();
    for (int i = 0; i < token.length(); i++) {
      assertRefused(tokens, token.substring(0, i), NOW);
      assertRefused(tokens, token.substring(0, i) + token.substring(i + 1), NOW);
    }
    for (String other :
        new String[] {"", "t1..", "t1.A", token + "A", " " + token, token + "\n", "t1." + token}) {
      assertRefused(tokens, other, NOW);
    }
    assertRefused(tokens, "t1." + "A".repeat(100_000) + "." + "A".repeat(86), NOW);
  }

  @Test
  void aTokenLivesUntilItExpires() {
    String token = issue();
    Instant end = NOW.plus(IamTokens.LIFE);

    assertThat(IamTokens.LIFE).isEqualTo(Duration.ofHours(12));
    assertThat(tokens.verify(token, end).claims().subject()).isEqualTo(SUBJECT);
    assertRefused(tokens, token, end.plusNanos(1));
  }

  @Test
  void aTokenFromAheadIsBelievedWithinTheSkew() {
    String token = issue();

    assertThat(tokens.verify(token, NOW.minusSeconds(60)).claims().subject()).isEqualTo(SUBJECT);
    assertRefused(tokens, token, NOW.minusSeconds(60).minusNanos(1));
  }

  @Test
  void aTokenOfAnotherStoreIsRefused() {
    assertRefused(tokens(2), issue(), NOW);
  }

  @Test
  void yesterdaysTokenIsStillBelieved() {
    String golden = Golden.text("auth/token.txt");
    assertThat(tokens.issue(claims(NOW)).token()).isEqualTo(golden);
    assertThat(tokens.verify(golden, NOW).caller())
        .isEqualTo(new Caller(SUBJECT, "admin", Caller.Via.IAM_TOKEN));
  }
}
