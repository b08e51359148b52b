package io.coffer.crypto;

import io.coffer.Bytes;
import io.coffer.engine.BatchTail;
import io.coffer.engine.Change;
import io.coffer.engine.Committed;
import io.coffer.engine.Engine;
import io.coffer.engine.Family;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import io.coffer.engine.WriteTx;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** As little of an engine as a barrier needs below it; one call at a time. */
public final class TestEngine implements Engine {
  private final BatchTail tail;
  private final NavigableMap<Bytes, Row> rows = new TreeMap<>();
  private final List<Consumer<Change>> listeners = new ArrayList<>();
  private long revision;

  public TestEngine() {
    this(BatchTail.NONE);
  }

  public TestEngine(BatchTail tail) {
    this.tail = tail;
  }

  /** Everything it holds, as it holds it. */
  public List<Row> rows() {
    return List.copyOf(rows.values());
  }

  /** What an attacker does who can write to the disk. */
  public void overwrite(Bytes key, Bytes value) {
    rows.put(key, new Row(key, value, revision));
  }

  @Override
  public <T extends @Nullable Object> T read(Function<ReadTx, T> body) {
    return body.apply(new Tx(rows));
  }

  @Override
  public <T extends @Nullable Object> CompletionStage<Committed<T>> write(
      Function<WriteTx, T> body) {
    Tx tx = new Tx(new TreeMap<>(rows));
    T value;
    try {
      value = body.apply(tx);
    } catch (RuntimeException | AssertionError e) {
      return CompletableFuture.failedFuture(e);
    }
    revision++;
    if (!tx.notes.isEmpty()) {
      for (BatchTail.Put put : tail.close(tx.notes)) {
        tx.put(put.key(), put.value());
      }
      tail.settle(true);
    }
    rows.clear();
    tx.rows.forEach(
        (key, row) -> rows.put(key, new Row(key, row.value(), Math.min(row.revision(), revision))));
    listeners.forEach(each -> each.accept(new Change(revision, tx.changed)));
    return CompletableFuture.completedFuture(new Committed<>(value, revision));
  }

  @Override
  public AutoCloseable listen(Consumer<Change> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void compact(Family family) {}

  @Override
  public void verify() {}

  @Override
  public void close() {}

  private final class Tx implements WriteTx {
    private final NavigableMap<Bytes, Row> rows;
    private final List<Bytes> changed = new ArrayList<>();
    private final List<Bytes> notes = new ArrayList<>();

    Tx(NavigableMap<Bytes, Row> rows) {
      this.rows = rows;
    }

    @Override
    public long revision() {
      return revision;
    }

    @Override
    public Optional<Row> get(Bytes key) {
      return Optional.ofNullable(rows.get(key));
    }

    @Override
    public List<Row> scan(Bytes from, Bytes to, int limit) {
      if (from.compareTo(to) >= 0) {
        return List.of();
      }
      return rows.subMap(from, true, to, false).values().stream().limit(limit).toList();
    }

    @Override
    public void put(Bytes key, Bytes value) {
      rows.put(key, new Row(key, value, Row.UNCOMMITTED));
      changed.add(key);
    }

    @Override
    public void delete(Bytes key) {
      rows.remove(key);
      changed.add(key);
    }

    @Override
    public void note(Bytes note) {
      notes.add(note);
    }
  }
}
