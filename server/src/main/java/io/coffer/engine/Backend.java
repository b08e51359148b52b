package io.coffer.engine;

import io.coffer.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * What a store implements: consistent snapshots, and an atomic, durable commit. Nothing else; the
 * rest of an {@link Engine} is shared by all of them, in {@code GroupCommit}.
 */
public interface Backend extends AutoCloseable {
  /** A consistent view of the newest committed state. Must be closed. */
  Snapshot snapshot();

  /**
   * Commits {@code batch}, all or nothing. Called by one thread at a time. It may take as long as
   * the store needs; it does not throw for what an {@link Outcome} can say.
   */
  Outcome commit(Batch batch);

  /** Whether the batch with this id was committed. Asked after {@link Outcome.Unknown}. */
  boolean wasCommitted(Bytes batchId);

  /** True if no other process can write: then preconditions need not be sent along. */
  boolean exclusive();

  /** Checks what the store keeps; throws {@link AssertionError} or {@link EngineException}. */
  void verify();

  @Override
  void close();

  /** A view that does not move. Used by one thread at a time. */
  interface Snapshot extends AutoCloseable {
    long revision();

    Optional<Row> get(Bytes key);

    /** As {@link ReadTx#scan}. */
    List<Row> scan(Bytes from, Bytes to, int limit);

    @Override
    void close();
  }

  /**
   * Calls to commit together.
   *
   * @param id unique among all batches of all nodes
   * @param preconditions what must still hold, empty for an {@link #exclusive} store
   * @param groups the writes of one call each; a store gives each its own revision, in this order,
   *     strictly growing and greater than every earlier one
   * @param tail rows of the {@link BatchTail}; they carry the revision of the last group, or one of
   *     their own if there is no group
   */
  record Batch(
      Bytes id, List<Precondition> preconditions, List<List<Write>> groups, List<Write> tail) {
    public Batch {
      preconditions = List.copyOf(preconditions);
      groups = List.copyOf(groups);
      tail = List.copyOf(tail);
    }
  }

  /** Nothing in {@code from <= key < to} was written by a call later than {@code since}. */
  record Precondition(Bytes from, Bytes to, long since) {}

  /** An absent value deletes the key. */
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // Absence is what the component says.
  record Write(Bytes key, Optional<Bytes> value) {}

  /** What became of a commit. */
  sealed interface Outcome {
    /** Durable; group {@code i} has revision {@code revisions.get(i)}. */
    record Committed(List<Long> revisions) implements Outcome {
      public Committed {
        revisions = List.copyOf(revisions);
      }
    }

    /** A precondition did not hold; nothing was written. */
    record Conflict() implements Outcome {}

    /** Nothing was written, and the store says why. */
    record Unavailable(EngineException.Unavailable reason) implements Outcome {}

    /** Nobody knows yet. */
    record Unknown(Throwable cause) implements Outcome {}
  }
}
