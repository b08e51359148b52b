package io.coffer.engine;

import io.coffer.Bytes;
import java.util.List;
import java.util.Set;

/**
 * The keys that one committed call put or deleted.
 *
 * @param keys in the order of keys, each once
 * @param deleted those of them that were deleted
 */
public record Change(long revision, List<Bytes> keys, Set<Bytes> deleted) {
  public Change {
    keys = List.copyOf(keys);
    deleted = Set.copyOf(deleted);
  }

  /** One that deleted nothing. */
  public Change(long revision, List<Bytes> keys) {
    this(revision, keys, Set.of());
  }
}
