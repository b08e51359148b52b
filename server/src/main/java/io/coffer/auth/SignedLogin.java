package io.coffer.auth;

import com.google.errorprone.annotations.CompileTimeConstant;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.coffer.Problem;
import io.coffer.core.iam.AuthorizedKey;
import io.coffer.crypto.Pem;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A JWT as SDKs make one from an authorized key: {@code PS256}, the key's id as {@code kid}, the
 * account as {@code iss}, at most an hour from {@code iat} to {@code exp}. It may be used again
 * within its life, as clients do.
 */
final class SignedLogin {
  static final int LENGTH_MAX = 8_000;

  private static final Duration LIFE_MAX = Duration.ofHours(1);

  /** Said here since the parser passes over characters that are not of base64url. */
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  private final SignedJWT jwt;
  private final JWTClaimsSet claims;
  private final String keyId;

  private SignedLogin(SignedJWT jwt, JWTClaimsSet claims, String keyId) {
    this.jwt = jwt;
    this.claims = claims;
    this.keyId = keyId;
  }

  static SignedLogin parse(String compact) {
    if (compact.length() > LENGTH_MAX) {
      throw refused("the JWT must have at most 8000 characters");
    }
    if (!FORM.matcher(compact).matches()) {
      throw refused("the JWT is malformed");
    }
    try {
      SignedJWT jwt = SignedJWT.parse(compact);
      if (!JWSAlgorithm.PS256.equals(jwt.getHeader().getAlgorithm())) {
        throw refused("the JWT must be signed with PS256");
      }
      String keyId = jwt.getHeader().getKeyID();
      if (keyId == null || keyId.indexOf('\0') >= 0) {
        throw refused("the JWT must name its key as kid");
      }
      return new SignedLogin(jwt, jwt.getJWTClaimsSet(), keyId);
    } catch (ParseException e) {
      throw refused("the JWT is malformed");
    }
  }

  String keyId() {
    return keyId;
  }

  /** Throws {@link Problem.Unauthenticated} unless {@code key} signed it, for us, for now. */
  void verify(AuthorizedKey key, Audience audience, Instant now) {
    if (!signedBy(key)) {
      throw refused("the JWT's signature does not fit its key");
    }
    if (!key.account().id().equals(claims.getIssuer())) {
      throw refused("the JWT's iss is not the account of its key");
    }
    Date issued = claims.getIssueTime();
    Date expires = claims.getExpirationTime();
    if (issued == null || expires == null) {
      throw refused("the JWT must have iat and exp");
    }
    Duration life = Duration.between(issued.toInstant(), expires.toInstant());
    if (life.isNegative() || life.compareTo(LIFE_MAX) > 0) {
      throw refused("the JWT's exp must be at most 1 hour after iat");
    }
    if (now.isBefore(issued.toInstant().minus(IamTokens.SKEW))) {
      throw refused("the JWT's iat is in the future");
    }
    if (now.isAfter(expires.toInstant().plus(IamTokens.SKEW))) {
      throw refused("the JWT has expired");
    }
    Date notBefore = claims.getNotBeforeTime();
    if (notBefore != null && now.isBefore(notBefore.toInstant().minus(IamTokens.SKEW))) {
      throw refused("the JWT's nbf is in the future");
    }
    List<String> audiences = claims.getAudience(); // Elements may be null, as in any JSON array.
    if (audiences.stream().filter(Objects::nonNull).noneMatch(audience::includes)) {
      throw refused("the JWT's aud is not this server");
    }
  }

  private boolean signedBy(AuthorizedKey key) {
    try {
      byte[] der =
          Pem.decode(
              Pem.PUBLIC_KEY,
              key.publicKeyPem().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      RSAPublicKey rsa =
          (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
      return jwt.verify(new RSASSAVerifier(rsa));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("a stored public key does not decode", e);
    } catch (JOSEException e) {
      return false;
    }
  }

  static RuntimeException refused(@CompileTimeConstant String reason) {
    return new Problem.Unauthenticated(reason).asException();
  }
}
