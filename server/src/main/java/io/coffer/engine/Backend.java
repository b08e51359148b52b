package io.coffer.engine;

import io.coffer.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * What a store implements: consistent snapshots, and an atomic, durable commit. Nothing else; the
 * rest of an {@link Engine} is shared by all of them, in {@code GroupCommit}.
 */
public interface Backend extends AutoCloseable {
  /**
   * A consistent view of the newest committed state. Must be closed. Throws {@link
   * EngineException.Unavailable} once the backend is closed.
   */
  Snapshot snapshot();

  /**
   * Commits {@code batch}, all or nothing; snapshots taken from then on contain it. Called by one
   * thread at a time. It may take as long as the store needs. What an {@link Outcome} can say it
   * does not throw; {@link EngineException.Corrupt} it throws.
   */
  Outcome commit(Batch batch);

  /**
   * What became of the last batch, if it was committed. Asked after {@link Outcome.Unknown}, before
   * any other commit. An empty answer is final: the batch will not show up later. Throws {@link
   * EngineException.Unavailable} while that cannot be told.
   */
  Optional<Outcome.Committed> wasCommitted(Bytes batchId);

  /**
   * True if no other process can write. Then preconditions are not sent along, and revisions count
   * up by one from that of the newest snapshot.
   */
  boolean exclusive();

  /** As {@link Engine#compact}; called while others read and write. */
  void compact(Family family);

  /** Checks what the store keeps; throws {@link AssertionError} or {@link EngineException}. */
  void verify();

  /** May be called again, and while snapshots are open. */
  @Override
  void close();

  /** A view that does not move. Used by one thread at a time. */
  interface Snapshot extends AutoCloseable {
    long revision();

    Optional<Row> get(Bytes key);

    /** As {@link ReadTx#scan}, with a limit of at least 1 and {@code from < to}. */
    List<Row> scan(Bytes from, Bytes to, int limit);

    @Override
    void close();
  }

  /**
   * Calls to commit together.
   *
   * @param id unique among all batches of all nodes
   * @param preconditions what must still hold, empty for an {@link #exclusive} store
   * @param groups the writes of one call each, at least one group; it may be empty, of a call that
   *     only noted. A store gives each its own revision, in this order, strictly growing and
   *     greater than every earlier one
   * @param tail rows of the {@link BatchTail}; they carry the revision of the last group
   */
  record Batch(
      Bytes id, List<Precondition> preconditions, List<List<Write>> groups, List<Write> tail) {
    public Batch {
      preconditions = List.copyOf(preconditions);
      groups = List.copyOf(groups);
      tail = List.copyOf(tail);
      if (groups.isEmpty()) {
        throw new AssertionError("a batch without a call");
      }
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
