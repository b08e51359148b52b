package io.coffer.engine.rocksdb;

import io.coffer.Bytes;
import io.coffer.engine.EngineException;
import io.coffer.engine.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/**
 * One state of the store, shared by all who read it: taken once per commit rather than once per
 * read, and let go when it is no longer the newest and its last reader is done.
 */
final class View {
  private final Handles handles;
  private final Snapshot snapshot;
  private final ReadOptions options;
  private final long revision;
  private final AtomicInteger users = new AtomicInteger(1);

  private View(Handles handles, long revision) {
    this.handles = handles;
    this.snapshot = handles.db().getSnapshot();
    this.options = new ReadOptions().setSnapshot(snapshot);
    this.revision = revision;
  }

  /** Of what is there now. The first user is the caller. */
  static View open(Handles handles, long revision) {
    if (!handles.acquire()) {
      throw new EngineException.Unavailable("store is closed");
    }
    return new View(handles, revision);
  }

  long revision() {
    return revision;
  }

  /** False if the last user is gone. */
  boolean acquire() {
    for (int now = users.get(); now > 0; now = users.get()) {
      if (users.compareAndSet(now, now + 1)) {
        return true;
      }
    }
    return false;
  }

  void release() {
    if (users.decrementAndGet() == 0) {
      options.close();
      handles.db().releaseSnapshot(snapshot);
      snapshot.close();
      handles.release();
    }
  }

  Optional<Row> get(Bytes key) {
    try {
      byte[] stored = handles.db().get(handles.family(key), options, key.shared());
      return stored == null ? Optional.empty() : Optional.of(Stored.row(key, stored));
    } catch (RocksDBException e) {
      throw Failures.ofRead(e);
    }
  }

  List<Row> scan(Bytes from, Bytes to, int limit) {
    List<Row> rows = new ArrayList<>();
    // The bound is for RocksDB as well: it need not step over deleted rows behind it.
    try (Slice upper = new Slice(to.shared());
        ReadOptions bounded = new ReadOptions(options).setIterateUpperBound(upper);
        RocksIterator row = handles.db().newIterator(handles.family(from), bounded)) {
      for (row.seek(from.shared()); rows.size() < limit && row.isValid(); row.next()) {
        rows.add(Stored.row(Bytes.takeOver(row.key()), row.value()));
      }
      row.status();
      return rows;
    } catch (RocksDBException e) {
      throw Failures.ofRead(e);
    }
  }
}
