package io.coffer.core.secret;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A named thing with versions. It has no value: values are payloads of its versions.
 *
 * @param updatedAt of the last change, from either door
 * @param kmsKeyId empty if it is under the keyring and no key of a tenant's
 * @param currentVersion the id of the version a reader gets who names none
 */
public record Secret(
    String id,
    String folderId,
    Instant createdAt,
    Instant updatedAt,
    String name,
    String description,
    SortedMap<String, String> labels,
    String kmsKeyId,
    Status status,
    Optional<String> currentVersion,
    boolean deletionProtection,
    Optional<PasswordSpecification> password,
    Optional<Driver> driver,
    Optional<Driver> templating) {
  public Secret {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** What to ask its driver for its value, if it has one. */
  Optional<SecretProviders.Wanted> wanted(long revision) {
    return driver.map(from -> new SecretProviders.Wanted(from.name(), id, revision, name, labels));
  }

  /** The same secret with these labels, changed at {@code at}. */
  Secret withLabels(SortedMap<String, String> changed, Instant at) {
    return with(name, description, changed, deletionProtection, password, at);
  }

  /** The same secret with what may be changed of it, changed at {@code at}. */
  Secret with(
      String newName,
      String newDescription,
      SortedMap<String, String> newLabels,
      boolean newDeletionProtection,
      Optional<PasswordSpecification> newPassword,
      Instant at) {
    return new Secret(
        id,
        folderId,
        createdAt,
        at,
        newName,
        newDescription,
        newLabels,
        kmsKeyId,
        status,
        currentVersion,
        newDeletionProtection,
        newPassword,
        driver,
        templating);
  }

  /** The same secret in this state, with this current version, changed at {@code at}. */
  Secret with(Status newStatus, Optional<String> newCurrent, Instant at) {
    return new Secret(
        id,
        folderId,
        createdAt,
        at,
        name,
        description,
        labels,
        kmsKeyId,
        newStatus,
        newCurrent,
        deletionProtection,
        password,
        driver,
        templating);
  }

  /** Whether payloads can be read at all. */
  public enum Status {
    ACTIVE,
    INACTIVE
  }
}
