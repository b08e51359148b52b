package io.coffer.engine.rocksdb;

import io.coffer.Bytes;
import io.coffer.engine.Backend;
import io.coffer.engine.Engine;
import io.coffer.engine.EngineException;
import io.coffer.engine.Family;
import io.coffer.engine.Row;
import io.coffer.engine.rocksdb.Stored.Head;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * A store in one directory, of one process. A commit is durable when it returns. While the disk is
 * full it answers {@link Outcome.Unavailable} and reads go on; it writes again when there is space.
 */
public final class RocksBackend implements Backend {
  private final Handles handles;
  private final Consumer<Throwable> fatal;

  private volatile boolean closed;

  /** The newest state. Its own use of the view is this field's, until it points to another. */
  private volatile View newest;

  private RocksBackend(Handles handles, long revision, Consumer<Throwable> fatal) {
    this.handles = handles;
    this.fatal = fatal;
    this.newest = View.open(handles, revision);
  }

  /**
   * Opens the store in {@code directory}, or makes one there.
   *
   * @param fatal told when the disk failed to write or sync: what it holds is unknown from then on,
   *     also to the system, so the process must end at once and recover from what is there
   * @throws EngineException.Unavailable if it cannot be opened
   * @throws EngineException.Corrupt if it is damaged
   */
  public static RocksBackend open(Path directory, Consumer<Throwable> fatal) {
    Handles handles = Handles.open(directory);
    try {
      return new RocksBackend(handles, head(handles).revision(), fatal);
    } catch (EngineException e) {
      handles.close();
      throw e;
    }
  }

  /**
   * One value of the store in {@code directory}, if there is one; without changing anything there,
   * and whether or not a process has it open.
   */
  public static Optional<Bytes> peek(Path directory, Bytes key) {
    return Peek.at(directory, key);
  }

  /**
   * The store in {@code directory} as it is now, for reading only; without changing anything there,
   * and whether or not a process has it open.
   *
   * @throws EngineException.Unavailable if there is none
   */
  public static Engine openReadOnly(Path directory) {
    return FrozenEngine.open(directory);
  }

  @Override
  public Snapshot snapshot() {
    while (!closed) {
      View view = newest;
      if (view.acquire()) {
        return new Lease(view);
      }
    }
    throw closed();
  }

  @Override
  public synchronized Outcome commit(Batch batch) {
    if (closed || !handles.acquire()) {
      return new Outcome.Unavailable(closed());
    }
    try (WriteBatch writes = new WriteBatch()) {
      long revision = newest.revision();
      for (List<Write> group : batch.groups()) {
        add(group, ++revision, writes);
      }
      add(batch.tail(), revision, writes);
      Head head = new Head(revision, batch.groups().size(), batch.id());
      writes.put(handles.family(Family.ROWS), Stored.HEAD_KEY, head.toBytes());
      handles.db().write(handles.durably(), writes);
      publish(revision);
      return head.outcome();
    } catch (RocksDBException e) {
      return failed(e);
    } finally {
      handles.release();
    }
  }

  private void add(List<Write> group, long revision, WriteBatch writes) throws RocksDBException {
    for (Write write : group) {
      ColumnFamilyHandle family = handles.family(write.key());
      byte[] key = write.key().shared();
      if (write.value().isPresent()) {
        writes.put(family, key, Stored.value(revision, write.value().get()));
      } else {
        writes.delete(family, key);
      }
    }
  }

  private Outcome failed(RocksDBException e) {
    if (Failures.isNoSpace(e)) {
      return new Outcome.Unavailable(new EngineException.Unavailable("disk is full", e));
    }
    if (Failures.isCorruption(e)) {
      throw new EngineException.Corrupt("store is damaged: " + e.getMessage(), e);
    }
    if (Failures.isIoError(e)) {
      fatal.accept(e);
    }
    return new Outcome.Unknown(e);
  }

  private void publish(long revision) {
    View before = newest;
    newest = View.open(handles, revision);
    before.release();
  }

  @Override
  public synchronized Optional<Outcome.Committed> wasCommitted(Bytes batchId) {
    if (closed || !handles.acquire()) {
      throw closed();
    }
    try {
      Head head = head(handles);
      if (!head.batchId().equals(batchId)) {
        return Optional.empty();
      }
      if (newest.revision() != head.revision()) {
        publish(head.revision());
      }
      return Optional.of(head.outcome());
    } finally {
      handles.release();
    }
  }

  static Head head(Handles handles) {
    try {
      byte[] stored = handles.db().get(handles.family(Family.ROWS), Stored.HEAD_KEY);
      return stored == null ? Head.NONE : Head.of(stored);
    } catch (RocksDBException e) {
      throw Failures.ofRead(e);
    }
  }

  @Override
  public boolean exclusive() {
    return true;
  }

  /** The files that held what was deleted go, and the log files, with the writes of any family. */
  @Override
  public void compact(Family family) {
    if (!handles.acquire()) {
      throw closed();
    }
    try (FlushOptions flush = new FlushOptions().setWaitForFlush(true);
        CompactRangeOptions all =
            new CompactRangeOptions()
                .setBottommostLevelCompaction(BottommostLevelCompaction.kForce)) {
      handles.db().flush(flush, handles.families());
      handles.db().compactRange(handles.family(family), null, null, all);
    } catch (RocksDBException e) {
      throw Failures.ofRead(e);
    } finally {
      handles.release();
    }
  }

  @Override
  public void verify() {
    if (!handles.acquire()) {
      throw closed();
    }
    try {
      handles.db().verifyChecksum();
      // Rows first: the head may only have moved on by then.
      for (Family family : Family.values()) {
        verify(family);
      }
    } catch (RocksDBException e) {
      throw Failures.ofRead(e);
    } finally {
      handles.release();
    }
  }

  private void verify(Family family) throws RocksDBException {
    try (ReadOptions options = new ReadOptions().setFillCache(false);
        RocksIterator row = handles.db().newIterator(handles.family(family), options)) {
      long newestRevision = head(handles).revision();
      for (row.seekToFirst(); row.isValid(); row.next()) {
        Bytes key = Bytes.takeOver(row.key());
        if (key.at(0) != 0) {
          verify(family, Stored.row(key, row.value()), newestRevision);
        }
      }
      row.status();
    }
  }

  private static void verify(Family family, Row row, long newestRevision) {
    if (Family.of(row.key()) != family) {
      throw new AssertionError("row in " + family + " that belongs elsewhere");
    }
    if (row.revision() < 1 || row.revision() > newestRevision) {
      throw new AssertionError("row of revision " + row.revision() + " at " + newestRevision);
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      newest.release();
      handles.close();
    }
  }

  private static EngineException.Unavailable closed() {
    return new EngineException.Unavailable("store is closed");
  }
}
