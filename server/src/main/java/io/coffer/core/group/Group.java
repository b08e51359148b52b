package io.coffer.core.group;

import io.coffer.Bytes;
import io.coffer.core.Event;
import io.coffer.core.access.Resource;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What roles can be bound to for whoever is a member.
 *
 * @param organizationId of the cloud it is in: each cloud is an organization
 */
public record Group(
    String id,
    String organizationId,
    String name,
    String description,
    Instant createdAt,
    SortedMap<String, String> labels) {
  public Group {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  public Resource resource() {
    return Resource.group(id, organizationId);
  }

  /** Where it is, for the audit trail. */
  public List<Event.Place> path() {
    return List.of(new Event.Place("resource-manager.cloud", organizationId, ""));
  }

  /** As an operation on it keeps it. */
  public static Group decode(Bytes result) {
    return GroupCodec.decode(result);
  }
}
