package io.coffer.crypto.tls;

import io.coffer.Problem;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;

/**
 * Whom a certificate names, in the one form it is known by: RFC 2253, {@code CN=alice,O=team}.
 * Having one means it fits where roles are bound: not empty, at most {@link #LENGTH_MAX}
 * characters, none of them a control character.
 */
public record SubjectName(String value) {
  /** What the wire allows for the id of a subject. */
  public static final int LENGTH_MAX = 100;

  public SubjectName {
    if (value.isEmpty()
        || value.length() > LENGTH_MAX
        || value.chars().anyMatch(Character::isISOControl)) {
      throw new Problem.Invalid(
              "subject",
              "of a certificate must be 1 to 100 characters in the form of RFC 2253, as"
                  + " CN=alice,O=team")
          .asException();
    }
  }

  /** Whom {@code certificate} names; throws {@link Problem.Invalid} if that is no name for us. */
  public static SubjectName of(X509Certificate certificate) {
    return new SubjectName(canonical(certificate.getSubjectX500Principal()));
  }

  /** Reads a name as people write it, spaces and other spellings of keywords included. */
  public static SubjectName parse(String text) {
    try {
      return new SubjectName(canonical(new X500Principal(text)));
    } catch (IllegalArgumentException e) {
      throw new Problem.Invalid(
              "subject", "of a certificate must be in the form of RFC 2253, as CN=alice,O=team")
          .asException();
    }
  }

  static SubjectName of(X500Principal name) {
    return new SubjectName(canonical(name));
  }

  private static String canonical(X500Principal name) {
    return name.getName(X500Principal.RFC2253);
  }

  @Override
  public String toString() {
    return value;
  }
}
