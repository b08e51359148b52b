package io.coffer.engine;

import io.coffer.Bytes;
import java.util.List;

/**
 * The keys that one committed call put or deleted.
 *
 * @param keys in the order of keys, each once
 */
public record Change(long revision, List<Bytes> keys) {
  public Change {
    keys = List.copyOf(keys);
  }
}
