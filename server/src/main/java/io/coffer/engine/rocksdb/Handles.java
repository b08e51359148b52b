package io.coffer.engine.rocksdb;

import io.coffer.Bytes;
import io.coffer.engine.Family;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/**
 * Every handle of an open store. It counts its users, and closes the store when it was told to and
 * the last one is done: whoever uses a handle has called {@link #acquire}, and calls {@link
 * #release} after.
 */
final class Handles implements AutoCloseable {
  private final Tuning tuning;
  private final RocksDB db;
  private final Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
  private final WriteOptions durably = new WriteOptions().setSync(true);

  /** One for the owner, until close. */
  private final AtomicInteger users = new AtomicInteger(1);

  private final AtomicBoolean closed = new AtomicBoolean();

  private Handles(Tuning tuning, RocksDB db, Iterator<ColumnFamilyHandle> opened) {
    this.tuning = tuning;
    this.db = db;
    tuning.families().keySet().forEach(family -> families.put(family, opened.next()));
  }

  static Handles open(Path directory) {
    Tuning tuning = new Tuning();
    try {
      List<ColumnFamilyDescriptor> families = List.copyOf(tuning.families().values());
      List<ColumnFamilyHandle> opened = new ArrayList<>();
      RocksDB db = RocksDB.open(tuning.options(), directory.toString(), families, opened);
      return new Handles(tuning, db, opened.iterator());
    } catch (RocksDBException e) {
      tuning.close();
      throw Failures.ofRead(e);
    }
  }

  /** Takes {@code tuning} over; {@code options} are made from it and outlive the handles. */
  static Handles openReadOnly(Path directory, Tuning tuning, DBOptions options) {
    try {
      List<ColumnFamilyDescriptor> families = List.copyOf(tuning.families().values());
      List<ColumnFamilyHandle> opened = new ArrayList<>();
      RocksDB db = RocksDB.openReadOnly(options, directory.toString(), families, opened);
      return new Handles(tuning, db, opened.iterator());
    } catch (RocksDBException e) {
      tuning.close();
      throw Failures.ofRead(e);
    }
  }

  RocksDB db() {
    return db;
  }

  ColumnFamilyHandle family(Bytes key) {
    return family(Family.of(key));
  }

  ColumnFamilyHandle family(Family family) {
    ColumnFamilyHandle handle = families.get(family);
    if (handle == null) {
      throw new AssertionError("not opened: " + family);
    }
    return handle;
  }

  List<ColumnFamilyHandle> families() {
    return List.copyOf(families.values());
  }

  WriteOptions durably() {
    return durably;
  }

  /** False if the store is closed: then no handle may be touched. */
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
      families.values().forEach(ColumnFamilyHandle::close);
      db.close();
      durably.close();
      tuning.close();
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release();
    }
  }
}
