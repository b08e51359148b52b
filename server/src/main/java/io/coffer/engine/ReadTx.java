package io.coffer.engine;

import io.coffer.Bytes;
import java.util.List;
import java.util.Optional;

/** One snapshot; in a {@link WriteTx}, with what the body has written so far. Not thread-safe. */
public interface ReadTx {
  /** The revision of the newest call this snapshot contains. */
  long revision();

  Optional<Row> get(Bytes key);

  /**
   * The rows with {@code from <= key < to}, in the order of keys.
   *
   * @param limit at most so many, 1 to 10,000
   */
  List<Row> scan(Bytes from, Bytes to, int limit);

  /** As {@link #scan}, for those who need no values: none is opened. */
  default List<Stamp> stamps(Bytes from, Bytes to, int limit) {
    return scan(from, to, limit).stream().map(row -> new Stamp(row.key(), row.revision())).toList();
  }
}
