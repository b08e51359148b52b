package io.coffer.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The public keys of an issuer. What a key is for, it says itself: the algorithm of a token is
 * looked for in it, and never the other way round, so that no key is taken for one of another kind.
 */
final class IssuerKeySet {
  static final int KEYS_MAX = 100;

  private static final int RSA_BITS_MIN = 2_048;

  /** Verifying takes a millisecond with the largest, and must not take more with any. */
  private static final int RSA_BITS_MAX = 8_192;

  private static final int RSA_EXPONENT_BITS_MAX = 32;

  private static final Map<JWSAlgorithm, Curve> CURVES =
      Map.of(
          JWSAlgorithm.ES256, Curve.P_256,
          JWSAlgorithm.ES384, Curve.P_384,
          JWSAlgorithm.ES512, Curve.P_521);

  private final List<JWK> keys;

  private IssuerKeySet(List<JWK> keys) {
    this.keys = List.copyOf(keys);
  }

  /** Empty if the text is no set of at most {@link #KEYS_MAX} keys. */
  static Optional<IssuerKeySet> parse(String json) {
    try {
      List<JWK> keys = JWKSet.parse(json).getKeys();
      return keys.size() <= KEYS_MAX ? Optional.of(new IssuerKeySet(keys)) : Optional.empty();
    } catch (ParseException
        | RuntimeException e) { // Whatever a reader makes of what a stranger sent.
      return Optional.empty();
    }
  }

  boolean has(String keyId) {
    return keys.stream().anyMatch(key -> keyId.equals(key.getKeyID()));
  }

  /**
   * Whether the key of that id, made for the token's algorithm, signed it. Of several the first
   * counts: a set is a stranger's, and each key that is tried costs us.
   */
  boolean signed(SignedJWT jwt) {
    JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
    String keyId = jwt.getHeader().getKeyID();
    return keys.stream()
        .filter(key -> key.getKeyID() != null && key.getKeyID().equals(keyId))
        .filter(key -> isFor(key, algorithm))
        .findFirst()
        .map(key -> signed(jwt, key))
        .orElse(false);
  }

  private static boolean isFor(JWK key, JWSAlgorithm algorithm) {
    return (key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm))
        && (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
        && (key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY))
        && switch (key) {
          case RSAKey rsa -> JWSAlgorithm.Family.RSA.contains(algorithm) && isFit(rsa);
          case ECKey ec -> ec.getCurve().equals(CURVES.get(algorithm));
          default -> false; // Secrets shared with an issuer, and curves we know no verifier of.
        };
  }

  private static boolean isFit(RSAKey key) {
    return key.size() >= RSA_BITS_MIN
        && key.size() <= RSA_BITS_MAX
        && key.getPublicExponent().decodeToBigInteger().bitLength() <= RSA_EXPONENT_BITS_MAX;
  }

  private static boolean signed(SignedJWT jwt, JWK key) {
    try {
      JWSVerifier verifier =
          key instanceof ECKey ec
              ? new ECDSAVerifier(ec.toPublicJWK())
              : new RSASSAVerifier(key.toRSAKey().toPublicJWK());
      return jwt.verify(verifier);
    } catch (JOSEException e) {
      return false;
    }
  }
}
