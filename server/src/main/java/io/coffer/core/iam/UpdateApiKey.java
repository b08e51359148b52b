package io.coffer.core.iam;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives the fields that are named the values that are here; others stay as they are. */
public record UpdateApiKey(
    String keyId,
    Set<Field> fields,
    String description,
    List<String> scopes,
    Optional<Instant> expiresAt) {
  /** What can change. */
  public enum Field {
    DESCRIPTION,
    SCOPES,
    EXPIRES_AT
  }

  public UpdateApiKey {
    fields = Set.copyOf(fields);
    scopes = ApiKeys.sound(scopes);
  }

  ApiKey of(ApiKey key) {
    return new ApiKey(
        key.id(),
        key.serviceAccountId(),
        key.createdAt(),
        one(Field.DESCRIPTION, description, key.description()),
        one(Field.SCOPES, scopes, key.scopes()),
        one(Field.EXPIRES_AT, expiresAt, key.expiresAt()),
        key.masked(),
        key.digest());
  }

  private <T> T one(Field field, T changed, T kept) {
    return fields.contains(field) ? changed : kept;
  }
}
