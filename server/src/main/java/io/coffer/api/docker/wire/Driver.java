package io.coffer.api.docker.wire;

import java.util.SortedMap;

/**
 * A named driver with its options, as secrets name drivers and template languages. An empty name is
 * one that was not given.
 *
 * @param options ordered by {@link Utf8Order}
 */
public record Driver(String name, SortedMap<String, String> options) {
  public Driver {
    options = Utf8Order.copyOf(options);
  }
}
