package io.coffer.engine;

import io.coffer.Bytes;
import java.util.List;

/**
 * Adds rows to a batch from the notes that its calls left: how an audit block gets into the write
 * it records. Called by the committer only, one batch at a time: {@link #close}, then {@link
 * #settle}.
 */
public interface BatchTail {
  /** A tail for engines without notes; a note left for it is an error. */
  BatchTail NONE =
      new BatchTail() {
        @Override
        public List<Put> close(List<Bytes> notes) {
          throw new AssertionError("a note, and nobody to write it down");
        }

        @Override
        public void settle(boolean committed) {}
      };

  /**
   * The rows that stand for {@code notes}. Not called for a batch without notes.
   *
   * @param notes in the order in which the calls will be committed, at least one
   */
  List<Put> close(List<Bytes> notes);

  /** Tells whether the rows of the last {@link #close} became durable. */
  void settle(boolean committed);

  record Put(Bytes key, Bytes value) {}
}
