package io.coffer.core.group;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes a group in an organization. */
public record CreateGroup(
    String organizationId, String name, String description, SortedMap<String, String> labels) {
  public CreateGroup {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }
}
