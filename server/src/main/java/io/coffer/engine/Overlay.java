package io.coffer.engine;

import io.coffer.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Rows put and deleted, over a view that has not seen that yet. */
final class Overlay {
  private final NavigableMap<Bytes, Optional<Row>> rows = new TreeMap<>();

  void put(Row row) {
    rows.put(row.key(), Optional.of(row));
  }

  void delete(Bytes key) {
    rows.put(key, Optional.empty());
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  boolean covers(Bytes key) {
    return rows.containsKey(key);
  }

  boolean touches(Range range) {
    Bytes next = rows.ceilingKey(range.from());
    return next != null && next.compareTo(range.to()) < 0;
  }

  Optional<Row> get(Bytes key, Backend.Snapshot below) {
    Optional<Row> row = rows.get(key);
    return row != null ? row : below.get(key);
  }

  List<Row> scan(Bytes from, Bytes to, int limit, Backend.Snapshot below) {
    NavigableMap<Bytes, Optional<Row>> here = rows.subMap(from, true, to, false);
    if (here.isEmpty()) {
      return below.scan(from, to, limit);
    }
    TreeMap<Bytes, Row> merged = new TreeMap<>();
    // Each row below may be hidden by one here, so ask for as many more.
    below.scan(from, to, limit + here.size()).forEach(row -> merged.put(row.key(), row));
    here.forEach(
        (key, row) -> row.ifPresentOrElse(r -> merged.put(key, r), () -> merged.remove(key)));
    return merged.values().stream().limit(limit).toList();
  }

  /** In the order of keys. */
  List<Backend.Write> writes() {
    List<Backend.Write> writes = new ArrayList<>(rows.size());
    rows.forEach((key, row) -> writes.add(new Backend.Write(key, row.map(Row::value))));
    return writes;
  }
}
