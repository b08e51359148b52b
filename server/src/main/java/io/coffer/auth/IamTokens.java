package io.coffer.auth;

import io.coffer.Bytes;
import io.coffer.Entropy;
import io.coffer.Problem;
import io.coffer.core.Caller;
import io.coffer.core.Subject;
import io.coffer.crypto.Keyring;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * IAM tokens in the form clients expect: {@code t1.<claims>.<86 characters>}, the last part an
 * HMAC-SHA-512 of what stands before it. They are not stored: whoever has the keyring believes
 * them.
 */
public final class IamTokens {
  /** How long a token lives that a JWT was given for. */
  public static final Duration LIFE = Duration.ofHours(12);

  /** How long one lives that another issuer's token was given for. */
  public static final Duration EXCHANGED_LIFE = Duration.ofHours(1);

  /** How far clocks may differ. */
  public static final Duration SKEW = Duration.ofSeconds(60);

  private static final int ID_LENGTH = 9;

  /** The last character of a tag says two bits: any but these would be ignored, not refused. */
  private static final Pattern FORM =
      Pattern.compile("(t1\\.[A-Za-z0-9_-]{1,1000}={0,2})\\.([A-Za-z0-9_-]{85}[AQgw]={0,2})");

  private final Keyring keyring;
  private final Entropy entropy;

  public IamTokens(Keyring keyring, Entropy entropy) {
    this.keyring = keyring;
    this.entropy = entropy;
  }

  /**
   * What a token says.
   *
   * @param keyId of the authorized key or the federated credential that asked for it, empty if none
   *     did
   */
  public record Claims(
      Subject subject, String name, Instant issuedAt, Instant expiresAt, String keyId) {}

  /**
   * A token that this server made and that has not expired. Whether it was taken back since, {@link
   * Bearer} asks.
   *
   * @param id what tells it from every other
   */
  public record Verified(Claims claims, Bytes id) {
    Caller caller() {
      return new Caller(claims.subject(), claims.name(), Caller.Via.IAM_TOKEN);
    }
  }

  /** A token and when it stops being believed. It does not print. */
  public record Issued(String token, Instant expiresAt) {
    @Override
    public String toString() {
      return "Issued[redacted]";
    }
  }

  public Issued issue(Claims claims) {
    Bytes body = TokenCodec.encode(claims, entropy.bytes(ID_LENGTH));
    String signed = "t1." + base64(body);
    return new Issued(
        signed + "." + base64(keyring.tokenTag(Bytes.utf8(signed))), claims.expiresAt());
  }

  /**
   * What a token says; throws {@link Problem.Unauthenticated} if it is not of this server or has
   * expired.
   */
  public Verified verify(String token, Instant now) {
    Verified verified = genuine(token).orElseThrow(IamTokens::refused);
    Claims claims = verified.claims();
    if (now.isAfter(claims.expiresAt()) || now.isBefore(claims.issuedAt().minus(SKEW))) {
      throw refused();
    }
    return verified;
  }

  /** What a token says that this server made at some time, if it is one. */
  Optional<Verified> genuine(String token) {
    Matcher form = FORM.matcher(token);
    if (!form.matches()) {
      return Optional.empty();
    }
    Bytes tag;
    Bytes body;
    try {
      tag = Bytes.takeOver(Base64.getUrlDecoder().decode(form.group(2)));
      body = Bytes.takeOver(Base64.getUrlDecoder().decode(form.group(1).substring(3)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return keyring.tokenTagFits(Bytes.utf8(form.group(1)), tag)
        ? TokenCodec.decode(body)
        : Optional.empty();
  }

  static RuntimeException refused() {
    return new Problem.Unauthenticated("Token is invalid or has expired.").asException();
  }

  private static String base64(Bytes bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.shared());
  }
}
