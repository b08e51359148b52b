package io.coffer.core.folder;

import io.coffer.core.Event;
import java.time.Instant;
import java.util.List;

/** The root of a hierarchy. */
public record Cloud(String id, String name, Instant createdAt) {
  /** Where it is, for the audit trail: nothing holds it. */
  public List<Event.Place> path() {
    return List.of(new Event.Place("resource-manager.cloud", id, name));
  }
}
