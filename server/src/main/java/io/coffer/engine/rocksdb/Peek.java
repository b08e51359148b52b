package io.coffer.engine.rocksdb;

import static java.util.Objects.requireNonNull;

import io.coffer.Bytes;
import io.coffer.engine.Family;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Logger;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Reads a row of a store without leaving a trace: for checks that come before a start. */
final class Peek {
  private Peek() {}

  static Optional<Bytes> at(Path directory, Bytes key) {
    if (!Files.exists(directory.resolve("CURRENT"))) {
      return Optional.empty();
    }
    // Without a logger of its own RocksDB would begin a new log file.
    try (Tuning tuning = new Tuning();
        Logger silence = new Silence();
        Options listing = new Options();
        DBOptions options = new DBOptions(tuning.options())) {
      options.setCreateIfMissing(false).setCreateMissingColumnFamilies(false).setLogger(silence);
      byte[] name = Tuning.name(Family.of(key));
      boolean there =
          RocksDB.listColumnFamilies(listing, directory.toString()).stream()
              .anyMatch(listed -> Arrays.equals(listed, name));
      return there ? read(directory, key, tuning, options) : Optional.empty();
    } catch (RocksDBException e) {
      throw Failures.ofRead(e);
    }
  }

  private static Optional<Bytes> read(Path directory, Bytes key, Tuning tuning, DBOptions options)
      throws RocksDBException {
    // The rows have to be opened whatever is wanted; what is wanted comes last.
    List<ColumnFamilyDescriptor> families =
        EnumSet.of(Family.ROWS, Family.of(key)).stream()
            .map(family -> requireNonNull(tuning.families().get(family)))
            .toList();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (RocksDB db = RocksDB.openReadOnly(options, directory.toString(), families, handles)) {
      byte[] stored = db.get(handles.getLast(), key.shared());
      handles.forEach(ColumnFamilyHandle::close);
      return Optional.ofNullable(stored).map(found -> Stored.row(key, found).value());
    }
  }
}
