package io.coffer.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One thing a .proto file declares, such as a field or an rpc.
 *
 * @param kind what it is, in the word the .proto language has for it
 * @param parent the name of the element it is declared in; empty for a file
 * @param traits what is said about it: its number, type, options and so on
 */
record Element(String kind, String parent, SortedMap<String, String> traits) {
  Element {
    traits = new TreeMap<>(traits);
  }

  /** One line for each trait that is not the same on both sides. */
  List<String> differencesFrom(String name, Element published) {
    TreeSet<String> keys = new TreeSet<>(traits.keySet());
    keys.addAll(published.traits.keySet());
    List<String> differences = new ArrayList<>();
    for (String key : keys) {
      String ours = traits.getOrDefault(key, "absent");
      String theirs = published.traits.getOrDefault(key, "absent");
      if (!ours.equals(theirs)) {
        differences.add("%s: %s is %s, published %s".formatted(name, key, ours, theirs));
      }
    }
    return differences;
  }
}
