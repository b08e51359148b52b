package io.coffer.engine;

import io.coffer.Bytes;
import io.coffer.engine.Backend.Precondition;
import io.coffer.engine.Backend.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Calls that will be committed together, in this order, and the state as it will be then: a call
 * that comes too late for the state it read can be run again on top of those before it.
 */
final class Forming {
  static final int CALLS_MAX = 1_024;
  static final int BYTES_MAX = 8 << 20;

  private final long base;
  private final List<QueuedCall<?>> calls = new ArrayList<>();
  private final List<List<Write>> groups = new ArrayList<>();
  private final List<Bytes> notes = new ArrayList<>();
  private final Overlay ahead = new Overlay();
  private int bytes;

  /**
   * @param base the revision these calls come after
   */
  Forming(long base) {
    this.base = base;
  }

  boolean hasRoomFor(QueuedCall<?> call) {
    return calls.isEmpty() || (calls.size() < CALLS_MAX && bytes + call.bytes() <= BYTES_MAX);
  }

  /** Whether what {@code tx} read is the same with the writes of the calls before it. */
  boolean stillHold(Transaction tx) {
    return ahead.isEmpty()
        || (tx.gets().stream().noneMatch(ahead::covers)
            && tx.scans().stream().noneMatch(ahead::touches));
  }

  /** The state after the calls so far. */
  Backend.Snapshot over(Backend.Snapshot newest) {
    return groups.isEmpty() ? newest : new Ahead(newest);
  }

  void add(QueuedCall<?> call) {
    calls.add(call);
    bytes += call.bytes();
    Attempt<?> attempt = call.attempt();
    Transaction tx = attempt.tx();
    if (attempt.writes()) {
      List<Write> writes = tx.writes();
      groups.add(writes);
      notes.addAll(tx.notes());
      writes.forEach(write -> advance(write, base + groups.size()));
    }
  }

  List<QueuedCall<?>> calls() {
    return calls;
  }

  List<List<Write>> groups() {
    return groups;
  }

  List<Bytes> notes() {
    return notes;
  }

  /** Everything the calls read, for a store that others write to as well. */
  List<Precondition> preconditions() {
    List<Precondition> all = new ArrayList<>();
    for (QueuedCall<?> call : calls) {
      Transaction tx = call.attempt().tx();
      tx.gets().forEach(key -> all.add(precondition(Range.of(key), tx)));
      tx.scans().forEach(range -> all.add(precondition(range, tx)));
    }
    return all;
  }

  /** True if no call has anything to make durable. */
  boolean isIdle() {
    return groups.isEmpty();
  }

  void settle(List<Long> revisions) {
    int group = 0;
    for (QueuedCall<?> call : calls) {
      Attempt<?> attempt = call.attempt();
      call.settle(attempt.writes() ? revisions.get(group++) : attempt.tx().revision());
    }
  }

  void fail(Throwable cause) {
    calls.forEach(call -> call.fail(cause));
  }

  private static Precondition precondition(Range range, Transaction tx) {
    return new Precondition(range.from(), range.to(), tx.revision());
  }

  private void advance(Write write, long revision) {
    write
        .value()
        .ifPresentOrElse(
            value -> ahead.put(new Row(write.key(), value, revision)),
            () -> ahead.delete(write.key()));
  }

  private final class Ahead implements Backend.Snapshot {
    private final Backend.Snapshot newest;

    Ahead(Backend.Snapshot newest) {
      this.newest = newest;
    }

    @Override
    public long revision() {
      return base + groups.size();
    }

    @Override
    public Optional<Row> get(Bytes key) {
      return ahead.get(key, newest);
    }

    @Override
    public List<Row> scan(Bytes from, Bytes to, int limit) {
      return ahead.scan(from, to, limit, newest);
    }

    @Override
    public void close() {
      // The snapshot below belongs to whoever took it.
    }
  }
}
