package io.coffer.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An issuer of OIDC tokens, of the platform's own cryptography and JSON written by hand: what reads
 * its tokens shares no code with what makes them.
 */
public final class OidcIssuer {
  private OidcIssuer() {}

  /**
   * A key of an issuer.
   *
   * @param algorithm what its tokens are signed with
   */
  public record Signer(String kid, String algorithm, KeyPair pair) {
    public Signer named(String other) {
      return new Signer(other, algorithm, pair);
    }

    public Signer with(String other) {
      return new Signer(kid, other, pair);
    }
  }

  public static Signer rsa(String kid, String algorithm) {
    return rsa(kid, algorithm, 2048);
  }

  public static Signer rsa(String kid, String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return new Signer(kid, algorithm, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** For {@code ES256} or {@code ES384}. */
  public static Signer ec(String kid, String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(
          new ECGenParameterSpec(algorithm.equals("ES256") ? "secp256r1" : "secp384r1"));
      return new Signer(kid, algorithm, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** As the issuer shows them. */
  public static String jwks(Signer... keys) {
    return Stream.of(keys)
        .map(OidcIssuer::jwk)
        .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }

  /** One of them, with its algorithm. */
  public static String jwk(Signer key) {
    String head =
        "{\"kid\":\"%s\",\"use\":\"sig\",\"alg\":\"%s\",".formatted(key.kid(), key.algorithm());
    if (key.pair().getPublic() instanceof RSAPublicKey rsa) {
      return head
          + "\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"%s\"}"
              .formatted(
                  base64(unsigned(rsa.getModulus().toByteArray(), 0)),
                  base64(unsigned(rsa.getPublicExponent().toByteArray(), 0)));
    }
    ECPublicKey ec = (ECPublicKey) key.pair().getPublic();
    boolean small = ec.getParams().getOrder().bitLength() == 256;
    int length = small ? 32 : 48;
    return head
        + "\"kty\":\"EC\",\"crv\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}"
            .formatted(
                small ? "P-256" : "P-384",
                base64(unsigned(ec.getW().getAffineX().toByteArray(), length)),
                base64(unsigned(ec.getW().getAffineY().toByteArray(), length)));
  }

  /** Without a sign, and at least so long. */
  private static byte[] unsigned(byte[] number, int length) {
    byte[] bare = number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
    byte[] out = new byte[Math.max(length, bare.length)];
    System.arraycopy(bare, 0, out, out.length - bare.length, bare.length);
    return out;
  }

  /**
   * What a token says.
   *
   * @param audience a text, or an array as JSON has it
   * @param more members, each with a comma before it
   */
  public record Token(
      String issuer, String subject, String audience, long issuedAt, long expiresAt, String more) {
    public static Token of(String issuer, String subject, String audience, Instant now) {
      return new Token(
          issuer, subject, audience, now.getEpochSecond(), now.getEpochSecond() + 300, "");
    }

    public Token issuer(String other) {
      return new Token(other, subject, audience, issuedAt, expiresAt, more);
    }

    public Token subject(String other) {
      return new Token(issuer, other, audience, issuedAt, expiresAt, more);
    }

    public Token audience(String other) {
      return new Token(issuer, subject, other, issuedAt, expiresAt, more);
    }

    public Token living(long from, long until) {
      return new Token(issuer, subject, audience, from, until, more);
    }

    public Token more(String members) {
      return new Token(issuer, subject, audience, issuedAt, expiresAt, members);
    }

    String claims() {
      return "{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":%s,\"iat\":%d,\"exp\":%d%s}"
          .formatted(
              issuer,
              subject,
              audience.startsWith("[") ? audience : "\"" + audience + "\"",
              issuedAt,
              expiresAt,
              more);
    }

    public String signedBy(Signer key) {
      return signed(header(key.algorithm(), key.kid()), key);
    }

    /** Under a header of that text. */
    public String signed(String header, Signer key) {
      String message = base64(header) + "." + base64(claims());
      return message + "." + base64(signature(key, message.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Under {@code HS256}, with what everybody knows as its secret. */
    public String macedWith(byte[] secret, String kid) {
      try {
        String message = base64(header("HS256", kid)) + "." + base64(claims());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return message + "." + base64(mac.doFinal(message.getBytes(StandardCharsets.US_ASCII)));
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    /** Under {@code none}. */
    public String unsigned(String signature) {
      return base64(header("none", "k")) + "." + base64(claims()) + "." + signature;
    }
  }

  public static String header(String algorithm, String kid) {
    return "{\"typ\":\"JWT\",\"alg\":\"%s\",\"kid\":\"%s\"}".formatted(algorithm, kid);
  }

  private static byte[] signature(Signer key, byte[] message) {
    try {
      PrivateKey secret = key.pair().getPrivate();
      return switch (key.algorithm()) {
        case "RS256" -> signed(Signature.getInstance("SHA256withRSA"), secret, message);
        case "RS384" -> signed(Signature.getInstance("SHA384withRSA"), secret, message);
        case "RS512" -> signed(Signature.getInstance("SHA512withRSA"), secret, message);
        case "PS256" -> signed(pss("SHA-256", MGF1ParameterSpec.SHA256, 32), secret, message);
        case "ES256" ->
            signed(Signature.getInstance("SHA256withECDSAinP1363Format"), secret, message);
        case "ES384" ->
            signed(Signature.getInstance("SHA384withECDSAinP1363Format"), secret, message);
        default -> throw new AssertionError(key.algorithm());
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
}
