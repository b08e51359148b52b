/** The embedded store, with processes killed and disks filled under it. */
@NullMarked
package io.coffer.engine.rocksdb;

import org.jspecify.annotations.NullMarked;
