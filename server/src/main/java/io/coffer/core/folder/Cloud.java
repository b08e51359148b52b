package io.coffer.core.folder;

import io.coffer.Bytes;
import io.coffer.core.Event;
import java.time.Instant;
import java.util.List;

/** The root of a hierarchy. */
public record Cloud(String id, Profile profile, Instant createdAt) {
  public String name() {
    return profile.name();
  }

  public Cloud with(Profile other) {
    return new Cloud(id, other, createdAt);
  }

  /** Where it is, for the audit trail: nothing holds it. */
  public List<Event.Place> path() {
    return List.of(new Event.Place("resource-manager.cloud", id, name()));
  }

  /** As an operation keeps what it answered with. */
  public static Cloud decode(Bytes stored) {
    return FolderCodec.cloud(stored);
  }

  public Bytes encode() {
    return FolderCodec.encode(this);
  }
}
