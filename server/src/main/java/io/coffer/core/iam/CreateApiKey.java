package io.coffer.core.iam;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes an API key for an account.
 *
 * @param accountId empty for the caller's own
 * @param scopes ids of roles, each once
 */
public record CreateApiKey(
    String accountId, String description, List<String> scopes, Optional<Instant> expiresAt) {
  public CreateApiKey {
    scopes = ApiKeys.sound(scopes);
  }
}
