package io.coffer.server;

import io.coffer.Bytes;
import io.coffer.engine.BatchTail;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tail that is put in once it is known: the chain begins where the store, once open, ends. */
final class LateTail implements BatchTail {
  private volatile @Nullable BatchTail tail;

  void set(BatchTail known) {
    tail = known;
  }

  @Override
  public List<Put> close(List<Bytes> notes) {
    return tail().close(notes);
  }

  @Override
  public void settle(boolean committed) {
    tail().settle(committed);
  }

  private BatchTail tail() {
    BatchTail known = tail;
    if (known == null) {
      throw new AssertionError("a note before there is a chain");
    }
    return known;
  }
}
