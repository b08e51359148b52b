package io.coffer.api.docker.wire;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Orders texts by their UTF-8 bytes, which is the order of code points. {@link String#compareTo}
 * orders by UTF-16 units and differs beyond U+D7FF.
 */
public enum Utf8Order implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Integer.compare(rank(x), rank(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Surrogates stand for code points above all that one unit can hold. */
  private static int rank(char unit) {
    return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
  }

  /** An unmodifiable copy in this order. */
  static SortedMap<String, String> copyOf(Map<String, String> map) {
    if (map.isEmpty()) {
      return Collections.emptySortedMap();
    }
    SortedMap<String, String> copy = new TreeMap<>(INSTANCE);
    copy.putAll(map);
    return Collections.unmodifiableSortedMap(copy);
  }
}
