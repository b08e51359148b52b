package io.coffer.api.docker.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which secrets a list shows, and in which order. Values of {@code names} (the whole name), {@code
 * name} (a prefix of it) and {@code id} (a prefix) are alternatives; labels must all match on top.
 */
public final class SecretFilter {
  private static final Set<String> KEYS = Set.of("names", "name", "id", "label");

  private final List<String> names;
  private final List<String> namePrefixes;
  private final List<String> idPrefixes;
  private final Map<String, String> labels = new HashMap<>();

  /** Throws {@link DockerError} 400 if there is a key that secrets do not have. */
  public SecretFilter(Filters filters) {
    filters.requireKeys(KEYS);
    this.names = lowerCase(filters.of("names"));
    this.namePrefixes = lowerCase(filters.of("name"));
    this.idPrefixes = filters.of("id");
    for (String label : filters.of("label")) {
      int equals = label.indexOf('=');
      // Without a value the key is enough, and of two values of one key the last counts.
      labels.put(
          equals < 0 ? label : label.substring(0, equals),
          equals < 0 ? "" : label.substring(equals + 1));
    }
  }

  /** How to read what is selected from. */
  public record View<T>(
      Function<T, String> id, Function<T, String> name, Function<T, Map<String, String>> labels) {}

  /**
   * What of {@code all} is shown: hits of names, then those of name prefixes, each by name in lower
   * case, then those of id prefixes by id, none twice. Without any of the three, all by id.
   */
  public <T> List<T> select(Collection<T> all, View<T> view) {
    List<T> byId = new ArrayList<>();
    for (T each : all) {
      if (labels.isEmpty() || labelsMatch(view.labels().apply(each))) {
        byId.add(each);
      }
    }
    byId.sort(Comparator.comparing(view.id(), Utf8Order.INSTANCE));
    if (names.isEmpty() && namePrefixes.isEmpty() && idPrefixes.isEmpty()) {
      return byId;
    }
    Function<T, String> name = view.name().andThen(SecretFilter::lowerCase);
    Set<T> shown = new LinkedHashSet<>();
    shown.addAll(byName(byId, name, names::contains));
    shown.addAll(byName(byId, name, text -> startsWithAny(text, namePrefixes)));
    for (T each : byId) {
      if (startsWithAny(view.id().apply(each), idPrefixes)) {
        shown.add(each);
      }
    }
    return new ArrayList<>(shown);
  }

  private static <T> List<T> byName(
      List<T> candidates, Function<T, String> name, Predicate<String> matches) {
    List<T> hits = new ArrayList<>();
    for (T each : candidates) {
      if (matches.test(name.apply(each))) {
        hits.add(each);
      }
    }
    hits.sort(Comparator.comparing(name, Utf8Order.INSTANCE));
    return hits;
  }

  private boolean labelsMatch(Map<String, String> actual) {
    for (Map.Entry<String, String> wanted : labels.entrySet()) {
      String value = actual.get(wanted.getKey());
      if (value == null || !(wanted.getValue().isEmpty() || wanted.getValue().equals(value))) {
        return false;
      }
    }
    return true;
  }

  private static boolean startsWithAny(String text, List<String> prefixes) {
    for (String prefix : prefixes) {
      if (text.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> lowerCase(List<String> texts) {
    return texts.stream().map(SecretFilter::lowerCase).toList();
  }

  /** Character by character as Go does; {@link String#toLowerCase} may change the length. */
  private static String lowerCase(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    text.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
    return lower.toString();
  }
}
