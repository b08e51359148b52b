package io.coffer.engine;

import io.coffer.Bytes;
import java.util.List;
import java.util.Optional;

/** A snapshot lent to the body of a read, until it returns. */
final class Reading implements ReadTx {
  private final Backend.Snapshot snapshot;
  private boolean ended;

  Reading(Backend.Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  @Override
  public long revision() {
    return snapshot.revision();
  }

  @Override
  public Optional<Row> get(Bytes key) {
    checkOpen();
    Limits.checkGet(key);
    return snapshot.get(key);
  }

  @Override
  public List<Row> scan(Bytes from, Bytes to, int limit) {
    checkOpen();
    Limits.checkScan(from, to, limit);
    return from.compareTo(to) < 0 ? snapshot.scan(from, to, limit) : List.of();
  }

  void end() {
    ended = true;
  }

  private void checkOpen() {
    if (ended) {
      throw new AssertionError("transaction used after its body returned");
    }
  }
}
