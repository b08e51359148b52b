package io.coffer.core.iam;

import io.coffer.Bytes;
import io.coffer.core.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A secret that an account shows with each call, as far as it is kept.
 *
 * @param scopes ids of roles: with the key the account may what it may at all and what one of them
 *     permits; none is no limit
 * @param expiresAt from when on it is refused, if ever
 * @param masked enough of the secret to recognize it
 * @param digest SHA-256 of the secret, which is 256 bits of chance
 */
public record ApiKey(
    String id,
    String serviceAccountId,
    Instant createdAt,
    String description,
    List<String> scopes,
    Optional<Instant> expiresAt,
    String masked,
    Bytes digest)
    implements AccountKey {
  public ApiKey {
    scopes = List.copyOf(scopes);
  }

  @Override
  public Subject account() {
    return new Subject(Subject.Type.SERVICE_ACCOUNT, serviceAccountId);
  }

  public boolean standsAt(Instant now) {
    return expiresAt.map(now::isBefore).orElse(true);
  }

  /** As an operation on it keeps it. */
  public static ApiKey decode(Bytes result) {
    return AccountCodec.apiKey(result);
  }
}
