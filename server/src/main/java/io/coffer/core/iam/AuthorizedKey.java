package io.coffer.core.iam;

import io.coffer.Bytes;
import io.coffer.core.Subject;
import java.time.Instant;

/**
 * The public half of a key pair with which an account signs its logins.
 *
 * @param account a service account or a user account
 * @param algorithm {@code RSA_2048} or {@code RSA_4096}
 * @param publicKeyPem SubjectPublicKeyInfo in PEM
 */
public record AuthorizedKey(
    String id,
    Subject account,
    Instant createdAt,
    String algorithm,
    String publicKeyPem,
    String description)
    implements AccountKey {
  /** One that nobody described. */
  public AuthorizedKey(
      String id, Subject account, Instant createdAt, String algorithm, String publicKeyPem) {
    this(id, account, createdAt, algorithm, publicKeyPem, "");
  }

  AuthorizedKey described(String changed) {
    return new AuthorizedKey(id, account, createdAt, algorithm, publicKeyPem, changed);
  }

  /** As an operation on it keeps it. */
  public static AuthorizedKey decode(Bytes result) {
    return AccountCodec.key(result);
  }
}
