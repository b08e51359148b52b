package io.coffer.core.secret;

import io.coffer.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Adds a version: the payload of a base, changed. Without a change, and with no base but the
 * current version, it is for the secret's password specification, if there is one, to say what the
 * payload is; naming an older version brings that one back.
 *
 * @param changes keys all different
 * @param baseVersionId empty for the current version, if that can be read
 */
public record AddVersion(
    String secretId, String description, List<PayloadChange> changes, String baseVersionId)
    implements AutoCloseable {
  static final String FIELD = "payload_entries";

  public AddVersion {
    changes = List.copyOf(changes);
    Set<String> keys = new HashSet<>();
    for (PayloadChange change : changes) {
      if (!keys.add(change.key())) {
        throw new Problem.Invalid(FIELD + ".key", "must not repeat").asException();
      }
    }
  }

  /** The specification that is to make the payload of a new version of {@code secret}. */
  Optional<PasswordSpecification> generatedBy(Secret secret) {
    boolean bringsBack =
        !baseVersionId.isEmpty() && !secret.currentVersion().equals(Optional.of(baseVersionId));
    return changes.isEmpty() && !bringsBack ? secret.password() : Optional.empty();
  }

  @Override
  public void close() {
    changes.forEach(PayloadChange::close);
  }
}
