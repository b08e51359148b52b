package io.coffer.core.folder;

import io.coffer.core.Event;
import java.time.Instant;
import java.util.List;

/** Holds secrets and accounts. */
public record Folder(String id, String cloudId, String name, Instant createdAt, Names names) {
  /** Where it is, for the audit trail: the cloud, then the folder. */
  public List<Event.Place> path() {
    return List.of(
        new Event.Place("resource-manager.cloud", cloudId, ""),
        new Event.Place("resource-manager.folder", id, name));
  }

  /** What names of secrets must satisfy in a folder. */
  public enum Names {
    /** As in Lockbox: any, repeatable, empty. */
    FREE,
    /** As the Docker door shows it: Docker's pattern, unique ignoring case. */
    DOCKER
  }
}
