package io.coffer.core.secret;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A driver or templating choice of the Docker door: where a value comes from, or how it is
 * expanded.
 *
 * @param name may be empty, of a template
 */
public record Driver(String name, SortedMap<String, String> options) {
  public Driver {
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
  }
}
