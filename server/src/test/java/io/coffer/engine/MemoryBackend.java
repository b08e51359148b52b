package io.coffer.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.coffer.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A store that copies everything on every commit. */
final class MemoryBackend implements Backend {
  private final boolean exclusive;
  private volatile State state = new State(0, new TreeMap<>());

  @GuardedBy("this")
  private Bytes lastId = Bytes.EMPTY;

  @GuardedBy("this")
  private List<Long> lastRevisions = List.of();

  private volatile boolean closed;

  MemoryBackend(boolean exclusive) {
    this.exclusive = exclusive;
  }

  @Override
  public Snapshot snapshot() {
    if (closed) {
      throw new EngineException.Unavailable("closed");
    }
    return state;
  }

  @Override
  public synchronized Outcome commit(Batch batch) {
    for (Precondition precondition : batch.preconditions()) {
      boolean broken =
          state.rows.subMap(precondition.from(), precondition.to()).values().stream()
              .anyMatch(row -> row.revision() > precondition.since());
      if (broken) {
        return new Outcome.Conflict();
      }
    }
    TreeMap<Bytes, Row> rows = new TreeMap<>(state.rows);
    // As a store of several writers would: growing, not counting.
    long revision = state.revision + (exclusive ? 0 : 10);
    List<Long> revisions = new ArrayList<>();
    for (List<Write> group : batch.groups()) {
      revisions.add(++revision);
      apply(group, revision, rows);
    }
    apply(batch.tail(), revision, rows);
    state = new State(revision, rows);
    lastId = batch.id();
    lastRevisions = revisions;
    return new Outcome.Committed(revisions);
  }

  private static void apply(List<Write> writes, long revision, NavigableMap<Bytes, Row> rows) {
    for (Write write : writes) {
      if (write.value().isPresent()) {
        rows.put(write.key(), new Row(write.key(), write.value().get(), revision));
      } else {
        rows.remove(write.key());
      }
    }
  }

  @Override
  public synchronized Optional<Outcome.Committed> wasCommitted(Bytes batchId) {
    return batchId.equals(lastId)
        ? Optional.of(new Outcome.Committed(lastRevisions))
        : Optional.empty();
  }

  @Override
  public boolean exclusive() {
    return exclusive;
  }

  @Override
  public void compact(Family family) {}

  @Override
  public void verify() {
    state.rows.values().forEach(row -> checkRevision(row, state.revision));
  }

  private static void checkRevision(Row row, long newest) {
    if (row.revision() < 1 || row.revision() > newest) {
      throw new AssertionError("row of revision " + row.revision() + " at " + newest);
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  private record State(long revision, NavigableMap<Bytes, Row> rows) implements Snapshot {
    @Override
    public Optional<Row> get(Bytes key) {
      return Optional.ofNullable(rows.get(key));
    }

    @Override
    public List<Row> scan(Bytes from, Bytes to, int limit) {
      return rows.subMap(from, true, to, false).values().stream().limit(limit).toList();
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
