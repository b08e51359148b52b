package io.coffer.auth;

import com.google.errorprone.annotations.CompileTimeConstant;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.coffer.Problem;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An OIDC token of another issuer, as far as it can be judged by itself: its form, its algorithm,
 * its times. Whether it is the issuer's is not known yet.
 */
final class WorkloadToken {
  static final int LENGTH_MAX = 16_384;

  /** From {@code iat} to {@code exp}. */
  static final Duration LIFE_MAX = Duration.ofHours(24);

  private static final int KEY_ID_MAX = 1_000;

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  /** Said here since the parser passes over characters that are not of base64url. */
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  private final SignedJWT jwt;
  private final JWTClaimsSet claims;
  private final String issuer;
  private final String subject;

  private WorkloadToken(SignedJWT jwt, JWTClaimsSet claims, String issuer, String subject) {
    this.jwt = jwt;
    this.claims = claims;
    this.issuer = issuer;
    this.subject = subject;
  }

  static WorkloadToken parse(String compact) {
    if (compact.length() > LENGTH_MAX) {
      throw refused("the subject token must have at most 16384 characters");
    }
    if (!FORM.matcher(compact).matches()) {
      throw refused("the subject token is no signed JWT");
    }
    try {
      SignedJWT jwt = SignedJWT.parse(compact);
      if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
        throw refused("the subject token must be signed with an RS, PS or ES algorithm");
      }
      String keyId = jwt.getHeader().getKeyID();
      if (keyId == null || keyId.length() > KEY_ID_MAX) {
        throw refused("the subject token must name its key as kid");
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      String issuer = claims.getIssuer();
      String subject = claims.getSubject();
      if (issuer == null || subject == null) {
        throw refused("the subject token must have iss and sub");
      }
      return new WorkloadToken(jwt, claims, issuer, subject);
    } catch (ParseException | IllegalArgumentException e) {
      throw refused("the subject token is no signed JWT");
    }
  }

  /** Throws {@link Problem.Unauthenticated} unless it is a token for now. */
  void requireTimely(Instant now) {
    Date issued = claims.getIssueTime();
    Date expires = claims.getExpirationTime();
    if (issued == null || expires == null) {
      throw refused("the subject token must have iat and exp");
    }
    Duration life = Duration.between(issued.toInstant(), expires.toInstant());
    if (life.isNegative() || life.compareTo(LIFE_MAX) > 0) {
      throw refused("the subject token's exp must be at most 24 hours after iat");
    }
    if (now.isBefore(issued.toInstant().minus(IamTokens.SKEW))) {
      throw refused("the subject token's iat is in the future");
    }
    if (now.isAfter(expires.toInstant().plus(IamTokens.SKEW))) {
      throw refused("the subject token has expired");
    }
    Date notBefore = claims.getNotBeforeTime();
    if (notBefore != null && now.isBefore(notBefore.toInstant().minus(IamTokens.SKEW))) {
      throw refused("the subject token's nbf is in the future");
    }
  }

  String issuer() {
    return issuer;
  }

  String subject() {
    return subject;
  }

  String keyId() {
    return jwt.getHeader().getKeyID();
  }

  boolean isFor(List<String> audiences) {
    // Elements may be null, as in any JSON array.
    return claims.getAudience().stream().filter(Objects::nonNull).anyMatch(audiences::contains);
  }

  boolean signedBy(IssuerKeySet keys) {
    return keys.signed(jwt);
  }

  static RuntimeException refused(@CompileTimeConstant String reason) {
    return new Problem.Unauthenticated(reason).asException();
  }
}
