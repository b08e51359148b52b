package io.coffer.core.folder;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What people say about a cloud or a folder, and can change. */
public record Profile(String name, String description, SortedMap<String, String> labels) {
  public Profile {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** A name and nothing more. */
  public static Profile of(String name) {
    return new Profile(name, "", new TreeMap<>());
  }
}
