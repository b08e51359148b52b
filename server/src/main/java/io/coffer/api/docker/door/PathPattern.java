package io.coffer.api.docker.door;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The path of a route, without a version: {@code /secrets/{id}/update}. A name in braces stands for
 * one part that is not empty; with a star behind it, {@code {name*}}, for one or more.
 */
record PathPattern(List<String> parts) {
  PathPattern {
    parts = List.copyOf(parts);
  }

  static PathPattern of(String path) {
    return new PathPattern(split(path));
  }

  /** The parts of a path that starts with a slash. */
  static List<String> split(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  /** What stands at the names, in their order; empty if {@code asked} is another path. */
  Optional<List<String>> match(List<String> asked) {
    List<String> named = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      int taken = part.endsWith("*}") ? asked.size() - at - (parts.size() - i - 1) : 1;
      if (taken < 1 || at + taken > asked.size()) {
        return Optional.empty();
      }
      String there = String.join("/", asked.subList(at, at + taken));
      boolean name = part.startsWith("{");
      if (name ? there.isEmpty() : !there.equals(part)) {
        return Optional.empty();
      }
      if (name) {
        named.add(there);
      }
      at += taken;
    }
    return at == asked.size() ? Optional.of(named) : Optional.empty();
  }
}
