package io.coffer.core.iam;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gives the fields that are named the values that are here; others stay as they are. */
public record UpdateAccount(
    String accountId,
    Set<Field> fields,
    String name,
    String description,
    SortedMap<String, String> labels,
    Optional<Instant> expiresAt) {
  /** What can change. */
  public enum Field {
    NAME,
    DESCRIPTION,
    LABELS,
    EXPIRES_AT
  }

  public UpdateAccount {
    fields = Set.copyOf(fields);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  ServiceAccount of(ServiceAccount account) {
    return new ServiceAccount(
        account.id(),
        account.folderId(),
        one(Field.NAME, name, account.name()),
        one(Field.DESCRIPTION, description, account.description()),
        account.createdAt(),
        one(Field.LABELS, labels, account.labels()),
        one(Field.EXPIRES_AT, expiresAt, account.expiresAt()),
        account.status());
  }

  private <T> T one(Field field, T changed, T kept) {
    return fields.contains(field) ? changed : kept;
  }
}
