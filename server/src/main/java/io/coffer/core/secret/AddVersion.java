package io.coffer.core.secret;

import io.coffer.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Adds a version: the payload of a base, changed. Without a change and a base it is for the
 * secret's password specification, if there is one, to say what the payload is.
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

  /** Whether a password specification, if the secret has one, is what makes the payload. */
  boolean mayGenerate() {
    return changes.isEmpty() && baseVersionId.isEmpty();
  }

  @Override
  public void close() {
    changes.forEach(PayloadChange::close);
  }
}
