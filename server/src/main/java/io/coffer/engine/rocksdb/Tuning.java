package io.coffer.engine.rocksdb;

import io.coffer.engine.Family;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Filter;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WALRecoveryMode;

/** How the store is set up: durable and distrustful first, then small. */
final class Tuning implements AutoCloseable {
  private static final long CACHE_BYTES = 64L << 20;
  private static final long MEMTABLES_BYTES = 32L << 20;
  private static final long WAL_BYTES = 64L << 20;
  private static final long LOG_BYTES = 1L << 20;
  private static final long BYTES_PER_SYNC = 1L << 20;
  private static final int OPEN_FILES = 512;

  static {
    RocksDB.loadLibrary();
  }

  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final DBOptions options;
  private final Map<Family, ColumnFamilyDescriptor> families = new EnumMap<>(Family.class);

  Tuning() {
    Cache cache = own(new LRUCache(CACHE_BYTES));
    Filter filter = own(new BloomFilter(10));
    for (Family family : Family.values()) {
      families.put(family, descriptor(family, cache, filter));
    }
    options =
        own(new DBOptions())
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setParanoidChecks(true)
            // A power cut may leave garbage behind the last sync, and that must not keep the
            // store from opening. A damaged middle looks the same from here, and cuts the audit
            // chain with what it cuts: until there is a counter outside, nobody notices.
            .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
            // Recycled files would keep what was destroyed.
            .setRecycleLogFileNum(0)
            .setMaxTotalWalSize(WAL_BYTES)
            .setDbWriteBufferSize(MEMTABLES_BYTES)
            // New files reach the disk bit by bit, or commits wait for them at each flush.
            .setBytesPerSync(BYTES_PER_SYNC)
            .setMaxOpenFiles(OPEN_FILES)
            .setMaxBackgroundJobs(2)
            .setStatsDumpPeriodSec(0)
            .setStatsPersistPeriodSec(0)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setMaxLogFileSize(LOG_BYTES)
            .setKeepLogFileNum(2);
  }

  DBOptions options() {
    return options;
  }

  Map<Family, ColumnFamilyDescriptor> families() {
    return families;
  }

  /** As the family is called on disk; the rows are in the one that every store has. */
  static byte[] name(Family family) {
    return switch (family) {
      case ROWS -> RocksDB.DEFAULT_COLUMN_FAMILY;
      case AUDIT -> "audit".getBytes(StandardCharsets.US_ASCII);
      case DATA_KEYS -> "data-keys".getBytes(StandardCharsets.US_ASCII);
    };
  }

  private ColumnFamilyDescriptor descriptor(Family family, Cache cache, Filter filter) {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setFilterPolicy(filter)
            .setCacheIndexAndFilterBlocks(true)
            .setPinL0FilterAndIndexBlocksInCache(true);
    ColumnFamilyOptions tuned =
        own(new ColumnFamilyOptions())
            .setTableFormatConfig(table)
            .setWriteBufferSize(MEMTABLES_BYTES / 2)
            // Sealed values do not compress.
            .setCompressionType(CompressionType.NO_COMPRESSION);
    return new ColumnFamilyDescriptor(name(family), tuned);
  }

  private <T extends AutoCloseable> T own(T handle) {
    owned.push(handle);
    return handle;
  }

  @Override
  public void close() {
    owned.forEach(Tuning::closeQuietly);
    owned.clear();
  }

  private static void closeQuietly(AutoCloseable handle) {
    try {
      handle.close();
    } catch (Exception e) {
      throw new AssertionError(e); // Native handles do not throw.
    }
  }
}
