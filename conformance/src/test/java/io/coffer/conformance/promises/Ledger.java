package io.coffer.conformance.promises;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** What clients were told, kept by all of them together; it refuses what cannot all be true. */
final class Ledger {
  private static final int RECENT = 150;

  private final List<String> ids = new ArrayList<>();
  private final Map<String, Created> created = new ConcurrentHashMap<>();
  private final Set<String> removed = ConcurrentHashMap.newKeySet();
  private final Set<String> missed = ConcurrentHashMap.newKeySet();
  private final Map<Long, String> indexes = new ConcurrentHashMap<>();
  private final Map<String, TreeMap<Long, String>> updates = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> values = new ConcurrentHashMap<>();
  private final Map<String, String> versions = new ConcurrentHashMap<>();

  /** A secret that was acknowledged: what it was made with. */
  record Created(String name, String label, String value) {}

  /**
   * Somebody is about to give {@code id} a value, which may be seen before that is acknowledged.
   */
  void writes(String id, String value) {
    values.computeIfAbsent(id, _ -> ConcurrentHashMap.newKeySet()).add(value);
  }

  /** Somebody wrote or read a version: it is what was written to this secret, and never changes. */
  void value(String id, String version, String value) {
    assertThat(values.getOrDefault(id, Set.of())).contains(value);
    assertThat(versions.merge(version, value, (first, _) -> first))
        .as("version %s of %s", version, id)
        .isEqualTo(value);
  }

  void created(String id, Created secret) {
    assertThat(created.put(id, secret)).as("an id given twice: %s", id).isNull();
    writes(id, secret.value());
    synchronized (ids) {
      ids.add(id);
    }
  }

  /** An update that was accepted from whoever had seen {@code index}. */
  void updated(String id, long index, String label) {
    TreeMap<Long, String> labels = updates.computeIfAbsent(id, _ -> new TreeMap<>());
    synchronized (labels) {
      assertThat(labels.put(index, label)).as("version %d of %s", index, id).isNull();
    }
  }

  void removed(String id) {
    assertThat(removed.add(id)).as("removed twice: %s", id).isTrue();
  }

  /** Somebody was told that {@code id} is not there. */
  void missed(String id) {
    missed.add(id);
  }

  /** Somebody saw {@code id} with {@code index}: no other secret can have had it. */
  void seen(String id, long index) {
    assertThat(indexes.merge(index, id, (first, _) -> first)).as("index %d", index).isEqualTo(id);
  }

  /** One of the secrets made not long ago, whether or not it is still there. */
  Optional<String> any(RandomGenerator random) {
    synchronized (ids) {
      int size = ids.size();
      return size == 0
          ? Optional.empty()
          : Optional.of(ids.get(size - 1 - random.nextInt(Math.min(size, RECENT))));
    }
  }

  Created of(String id) {
    Created secret = created.get(id);
    if (secret == null) {
      throw new AssertionError("nobody made " + id);
    }
    return secret;
  }

  /** The secrets that must be there now, each with the label that was written last. */
  Map<String, String> labels() {
    assertThat(removed).as("what nobody was given").isSubsetOf(created.keySet());
    assertThat(removed).as("what was not there").containsAll(missed);
    Map<String, String> labels = new HashMap<>();
    created.forEach((id, secret) -> {
      if (!removed.contains(id)) {
        TreeMap<Long, String> written = updates.getOrDefault(id, new TreeMap<>());
        labels.put(id, written.isEmpty() ? secret.label() : written.lastEntry().getValue());
      }
    });
    return labels;
  }

  @Override
  public String toString() {
    int accepted = updates.values().stream().mapToInt(TreeMap::size).sum();
    return "%d secrets, %d updates, %d versions, %d removed"
        .formatted(created.size(), accepted, versions.size(), removed.size());
  }
}
