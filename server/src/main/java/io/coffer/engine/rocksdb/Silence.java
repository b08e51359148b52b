package io.coffer.engine.rocksdb;

import org.rocksdb.InfoLogLevel;
import org.rocksdb.Logger;

/** Takes RocksDB's own log and drops it: without a logger it would begin a new file. */
final class Silence extends Logger {
  Silence() {
    super(InfoLogLevel.FATAL_LEVEL);
  }

  @Override
  protected void log(InfoLogLevel level, String message) {
    // Nobody has asked.
  }
}
