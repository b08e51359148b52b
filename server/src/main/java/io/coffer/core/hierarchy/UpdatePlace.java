package io.coffer.core.hierarchy;

import io.coffer.Problem;
import io.coffer.core.folder.Profile;
import java.util.Set;
import java.util.SortedMap;

/**
 * Gives the fields of a cloud or a folder that are named the values that are here; others stay as
 * they are.
 */
public record UpdatePlace(String id, Set<Field> fields, Profile profile) {
  /** What can change. */
  public enum Field {
    NAME,
    DESCRIPTION,
    LABELS
  }

  public UpdatePlace {
    fields = Set.copyOf(fields);
    if (fields.contains(Field.NAME) && profile.name().isEmpty()) {
      throw new Problem.Invalid("name", "must not be empty").asException();
    }
  }

  Profile of(Profile before) {
    SortedMap<String, String> labels =
        fields.contains(Field.LABELS) ? profile.labels() : before.labels();
    return new Profile(
        fields.contains(Field.NAME) ? profile.name() : before.name(),
        fields.contains(Field.DESCRIPTION) ? profile.description() : before.description(),
        labels);
  }
}
