package io.coffer.core.group;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gives the fields that are named the values that are here; others stay as they are. */
public record UpdateGroup(
    String groupId,
    Set<Field> fields,
    String name,
    String description,
    SortedMap<String, String> labels) {
  /** What can change. */
  public enum Field {
    NAME,
    DESCRIPTION,
    LABELS
  }

  public UpdateGroup {
    fields = Set.copyOf(fields);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  Group of(Group group) {
    return new Group(
        group.id(),
        group.organizationId(),
        fields.contains(Field.NAME) ? name : group.name(),
        fields.contains(Field.DESCRIPTION) ? description : group.description(),
        group.createdAt(),
        fields.contains(Field.LABELS) ? labels : group.labels());
  }
}
