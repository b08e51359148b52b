package io.coffer.engine.rocksdb;

import io.coffer.engine.EngineException;
import java.util.regex.Pattern;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.Status.Code;
import org.rocksdb.Status.SubCode;

/** What a complaint of RocksDB's means. */
final class Failures {
  /** As RocksDB words it before the name of the file. */
  private static final Pattern SYNCING = Pattern.compile("While (fsync|fdatasync|sync|range sync)");

  private Failures() {}

  static boolean isCorruption(RocksDBException e) {
    return code(e) == Code.Corruption;
  }

  /**
   * True if the disk is full and that was noticed while writing. Noticed while syncing, nobody
   * knows which pages reached the disk, and it counts as any other failure to sync.
   */
  static boolean isNoSpace(RocksDBException e) {
    Status status = e.getStatus();
    return status != null
        && status.getSubCode() == SubCode.NoSpace
        && !SYNCING.matcher(String.valueOf(e.getMessage())).find();
  }

  static boolean isIoError(RocksDBException e) {
    return code(e) == Code.IOError;
  }

  /** For reads: they may be tried again unless the store is damaged. */
  static EngineException ofRead(RocksDBException e) {
    return isCorruption(e)
        ? new EngineException.Corrupt("store is damaged: " + e.getMessage(), e)
        : new EngineException.Unavailable("store cannot be read: " + e.getMessage(), e);
  }

  private static Code code(RocksDBException e) {
    Status status = e.getStatus();
    return status == null ? Code.Undefined : status.getCode();
  }
}
