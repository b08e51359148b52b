package io.coffer.crypto;

import io.coffer.Bytes;
import io.coffer.engine.BatchTail;
import java.util.List;

/** Seals the rows of another tail, as {@link SealedEngine} seals those of a call. */
public final class SealedTail implements BatchTail {
  private final BatchTail tail;
  private final SealedRows rows;

  public SealedTail(BatchTail tail, Aead aead) {
    this.tail = tail;
    this.rows = new SealedRows(aead);
  }

  @Override
  public List<Put> close(List<Bytes> notes) {
    return tail.close(notes).stream().map(this::sealed).toList();
  }

  private Put sealed(Put put) {
    SealedEngine.requireSealable(put.key());
    return new Put(put.key(), rows.seal(put.key(), put.value()));
  }

  @Override
  public void settle(boolean committed) {
    tail.settle(committed);
  }
}
