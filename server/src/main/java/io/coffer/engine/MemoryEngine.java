package io.coffer.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.coffer.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The small model all engines are compared with: a sorted map and one lock, held while a body runs.
 * It writes in place and takes back what a body that throws wrote. Stages are complete when {@link
 * #write} returns. Nothing survives the process.
 */
public final class MemoryEngine implements Engine {
  private final BatchTail tail;
  private final Listeners listeners = new Listeners();

  @GuardedBy("this")
  private final NavigableMap<Bytes, Row> rows = new TreeMap<>();

  @GuardedBy("this")
  private long revision;

  @GuardedBy("this")
  private boolean closed;

  public MemoryEngine() {
    this(BatchTail.NONE);
  }

  public MemoryEngine(BatchTail tail) {
    this.tail = tail;
  }

  @Override
  public synchronized <T extends @Nullable Object> T read(Function<ReadTx, T> body) {
    if (closed) {
      throw closed();
    }
    Tx tx = new Tx(revision, rows);
    try {
      return body.apply(tx);
    } finally {
      tx.end();
    }
  }

  @Override
  @SuppressWarnings("CatchingUnchecked") // Whatever the body throws is the caller's to see.
  public synchronized <T extends @Nullable Object> CompletionStage<Committed<T>> write(
      Function<WriteTx, T> body) {
    if (closed) {
      return CompletableFuture.failedStage(closed());
    }
    Tx tx = new Tx(revision, rows);
    try {
      T value = body.apply(tx);
      tx.end();
      List<BatchTail.Put> puts = tx.notes.isEmpty() ? List.of() : tail.close(tx.notes);
      if (!tx.before.isEmpty() || !tx.notes.isEmpty()) {
        revision++;
      }
      for (Bytes key : tx.before.keySet()) {
        Row row = rows.get(key);
        if (row != null) {
          rows.put(key, new Row(key, row.value(), revision));
        }
      }
      for (BatchTail.Put put : puts) {
        rows.put(put.key(), new Row(put.key(), put.value(), revision));
      }
      if (!tx.notes.isEmpty()) {
        tail.settle(true);
      }
      if (!tx.before.isEmpty()) {
        Set<Bytes> deleted = new HashSet<>(tx.before.keySet());
        deleted.removeAll(rows.keySet());
        listeners.tell(new Change(revision, List.copyOf(tx.before.keySet()), deleted));
      }
      return CompletableFuture.completedStage(new Committed<>(value, revision));
    } catch (Throwable e) {
      tx.end();
      tx.undo();
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public AutoCloseable listen(Consumer<Change> listener) {
    return listeners.add(listener);
  }

  @Override
  public synchronized void compact(Family family) {
    if (closed) {
      throw closed();
    }
  }

  @Override
  public synchronized void verify() {
    for (Row row : rows.values()) {
      if (row.revision() < 1 || row.revision() > revision) {
        throw new AssertionError("row of revision " + row.revision() + " at " + revision);
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private static EngineException.Unavailable closed() {
    return new EngineException.Unavailable("engine is closed");
  }

  private static final class Tx implements WriteTx {
    private final long revision;
    private final NavigableMap<Bytes, Row> rows;
    private final NavigableMap<Bytes, Optional<Row>> before = new TreeMap<>();
    private final List<Bytes> notes = new ArrayList<>();
    private boolean ended;

    Tx(long revision, NavigableMap<Bytes, Row> rows) {
      this.revision = revision;
      this.rows = rows;
    }

    @Override
    public long revision() {
      return revision;
    }

    @Override
    public Optional<Row> get(Bytes key) {
      checkOpen();
      Limits.checkGet(key);
      return Optional.ofNullable(rows.get(key));
    }

    @Override
    public List<Row> scan(Bytes from, Bytes to, int limit) {
      checkOpen();
      Limits.checkScan(from, to, limit);
      if (from.compareTo(to) >= 0) {
        return List.of();
      }
      return rows.subMap(from, to).values().stream().limit(limit).toList();
    }

    @Override
    public void put(Bytes key, Bytes value) {
      checkOpen();
      Limits.checkPut(key, value);
      remember(key);
      rows.put(key, new Row(key, value, Row.UNCOMMITTED));
    }

    @Override
    public void delete(Bytes key) {
      checkOpen();
      Limits.checkDelete(key);
      remember(key);
      rows.remove(key);
    }

    @Override
    public void note(Bytes note) {
      checkOpen();
      notes.add(note);
    }

    private void remember(Bytes key) {
      before.putIfAbsent(key, Optional.ofNullable(rows.get(key)));
    }

    void undo() {
      before.forEach(
          (key, row) -> row.ifPresentOrElse(old -> rows.put(key, old), () -> rows.remove(key)));
    }

    void end() {
      ended = true;
    }

    private void checkOpen() {
      if (ended) {
        throw new AssertionError("transaction used after its body returned");
      }
    }
  }
}
