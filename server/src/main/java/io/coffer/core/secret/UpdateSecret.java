package io.coffer.core.secret;

import io.coffer.Problem;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gives the fields of a secret that are named the values that are here; others stay as they are.
 *
 * @param fields at least one
 */
public record UpdateSecret(
    String secretId,
    Set<Field> fields,
    String name,
    String description,
    SortedMap<String, String> labels,
    boolean deletionProtection,
    Optional<PasswordSpecification> password) {
  /** What can be changed of a secret. */
  public enum Field {
    NAME,
    DESCRIPTION,
    LABELS,
    DELETION_PROTECTION,
    PASSWORD
  }

  public UpdateSecret {
    fields = Set.copyOf(fields);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    if (fields.isEmpty()) {
      throw new Problem.Invalid("update_mask", "must name a field").asException();
    }
  }

  private boolean has(Field field) {
    return fields.contains(field);
  }

  /** What {@code secret} becomes. */
  Secret of(Secret secret, Instant at) {
    return secret.with(
        has(Field.NAME) ? name : secret.name(),
        has(Field.DESCRIPTION) ? description : secret.description(),
        has(Field.LABELS) ? labels : secret.labels(),
        has(Field.DELETION_PROTECTION) ? deletionProtection : secret.deletionProtection(),
        has(Field.PASSWORD) ? password : secret.password(),
        at);
  }
}
