/**
 * The embedded store: one process, one directory, RocksDB. Start with {@link
 * io.coffer.engine.rocksdb.RocksBackend}.
 *
 * <p>RocksDB is native code, and a handle used after it was closed ends the process without a word.
 * So {@code Handles} owns all of them and counts who uses them, and nothing else may keep one.
 */
@NullMarked
package io.coffer.engine.rocksdb;

import org.jspecify.annotations.NullMarked;
