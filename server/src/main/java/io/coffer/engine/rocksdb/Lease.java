package io.coffer.engine.rocksdb;

import io.coffer.Bytes;
import io.coffer.engine.Backend;
import io.coffer.engine.Row;
import java.util.List;
import java.util.Optional;

/** One reader's use of a {@link View}, which is there as long as this is open. */
final class Lease implements Backend.Snapshot {
  private final View view;
  private boolean closed;

  /** Takes over the use the caller acquired. */
  Lease(View view) {
    this.view = view;
  }

  @Override
  public long revision() {
    return view.revision();
  }

  @Override
  public Optional<Row> get(Bytes key) {
    checkOpen();
    return view.get(key);
  }

  @Override
  public List<Row> scan(Bytes from, Bytes to, int limit) {
    checkOpen();
    return view.scan(from, to, limit);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      view.release();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new AssertionError("snapshot used after close");
    }
  }
}
