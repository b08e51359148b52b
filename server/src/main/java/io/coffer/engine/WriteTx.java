package io.coffer.engine;

import io.coffer.Bytes;

/** A transaction that writes. The last write to a key counts. Not thread-safe. */
public interface WriteTx extends ReadTx {
  void put(Bytes key, Bytes value);

  void delete(Bytes key);

  /**
   * Leaves a note for the {@link BatchTail}, which turns the notes of a batch into rows of the same
   * durable write. A body that only notes is durable as well before its stage completes.
   */
  void note(Bytes note);
}
