package io.coffer.core.secret;

import io.coffer.Problem;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a secret and, as a rule, its first version.
 *
 * @param entries of the first version, keys all different
 * @param createVersion absent: a version is made if there is something to put in it
 */
public record CreateSecret(
    String folderId,
    String name,
    String description,
    SortedMap<String, String> labels,
    String kmsKeyId,
    String versionDescription,
    List<PayloadEntry> entries,
    boolean deletionProtection,
    Optional<PasswordSpecification> password,
    Optional<Boolean> createVersion,
    Optional<Driver> driver,
    Optional<Driver> templating)
    implements AutoCloseable {
  public CreateSecret {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    entries = List.copyOf(entries);
    Set<String> keys = new HashSet<>();
    for (PayloadEntry entry : entries) {
      if (!keys.add(entry.key())) {
        throw new Problem.Invalid("version_payload_entries.key", "must not repeat").asException();
      }
    }
    if (!entries.isEmpty() && password.isPresent()) {
      throw new Problem.Invalid(
              "version_payload_entries", "must not be given with password_payload_specification")
          .asException();
    }
    if (createVersion.orElse(false) && entries.isEmpty() && password.isEmpty()) {
      throw new Problem.Invalid(
              "create_version", "needs version_payload_entries or a specification")
          .asException();
    }
  }

  /** What Docker's create asks for: one value under {@link Payloads#DOCKER_KEY}, or none. */
  public static CreateSecret fromDocker(
      String folderId,
      String name,
      Map<String, String> labels,
      List<PayloadEntry> entries,
      Optional<Driver> driver,
      Optional<Driver> templating) {
    return new CreateSecret(
        folderId,
        name,
        "",
        new TreeMap<>(labels),
        "",
        "",
        entries,
        false,
        Optional.empty(),
        Optional.empty(),
        driver,
        templating);
  }

  /** Whether a version comes with the secret. */
  boolean makesVersion() {
    return createVersion.orElse(!entries.isEmpty() || password.isPresent());
  }

  @Override
  public void close() {
    entries.forEach(PayloadEntry::close);
  }
}
