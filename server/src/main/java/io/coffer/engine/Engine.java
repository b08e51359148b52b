package io.coffer.engine;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An ordered, transactional key-value store. Those that reach a disk or a network are untrusted:
 * {@code crypto.SealedEngine} stands before them, and they see sealed values only.
 *
 * <p>Transactions are strictly serializable. A write body may run more than once, when it met a
 * conflict, so it must have no effect but its writes and notes. What every engine owes is written
 * down as tests, in {@code EngineContract}; an engine is one that passes.
 */
public interface Engine extends AutoCloseable {
  /** Runs {@code body} on the caller's thread against one snapshot, the newest committed. */
  <T extends @Nullable Object> T read(Function<ReadTx, T> body);

  /**
   * Runs {@code body}; the stage completes when its writes and notes are durable, all or none, and
   * at once if it has neither. What the body throws, the stage fails with, and nothing is written.
   * It fails with {@link EngineException.CommitUnknown} only if the engine itself could not find
   * out, and with {@link EngineException.Unavailable} if certainly nothing was written.
   */
  <T extends @Nullable Object> CompletionStage<Committed<T>> write(Function<WriteTx, T> body);

  /**
   * Calls {@code listener} for every committed call that changed a key, in the order of revisions,
   * until the result is closed. Calls come from one thread of the engine's, which must not be held.
   */
  AutoCloseable listen(Consumer<Change> listener);

  /**
   * Makes what was deleted from {@code family} leave the store for good, as well as the store can.
   * What is there stays as it is. It holds its caller up, for seconds maybe, and nobody else.
   */
  void compact(Family family);

  /** Checks every invariant the engine keeps; throws {@link AssertionError} on the first. */
  void verify();

  /** Finishes what was accepted, refuses the rest with {@link EngineException.Unavailable}. */
  @Override
  void close();
}
