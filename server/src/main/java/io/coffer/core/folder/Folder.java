package io.coffer.core.folder;

import io.coffer.Bytes;
import io.coffer.core.Event;
import java.time.Instant;
import java.util.List;

/** Holds secrets, keys and accounts. */
public record Folder(String id, String cloudId, Profile profile, Instant createdAt, Names names) {
  public String name() {
    return profile.name();
  }

  public Folder with(Profile other) {
    return new Folder(id, cloudId, other, createdAt, names);
  }

  /** Where it is, for the audit trail: the cloud, then the folder. */
  public List<Event.Place> path() {
    return List.of(
        new Event.Place("resource-manager.cloud", cloudId, ""),
        new Event.Place("resource-manager.folder", id, name()));
  }

  /** As an operation keeps what it answered with. */
  public static Folder decode(Bytes stored) {
    return FolderCodec.folder(stored);
  }

  public Bytes encode() {
    return FolderCodec.encode(this);
  }

  /** What names of secrets must satisfy in a folder. */
  public enum Names {
    /** As in Lockbox: any, repeatable, empty. */
    FREE,
    /** As the Docker door shows it: Docker's pattern, unique ignoring case. */
    DOCKER
  }
}
