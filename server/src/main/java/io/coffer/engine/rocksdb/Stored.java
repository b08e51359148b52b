package io.coffer.engine.rocksdb;

import io.coffer.Bytes;
import io.coffer.engine.Backend.Outcome;
import io.coffer.engine.EngineException;
import io.coffer.engine.Row;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Rows as they lie in the store.
 *
 * <pre>
 *   value   revision (8, big-endian) · value
 *   head    newest revision (8) · calls in the last batch (4) · id of the last batch
 * </pre>
 */
final class Stored {
  /** Where the head lies, in the rows' family; no other key begins with 0x00. */
  static final byte[] HEAD_KEY = {0, 'h', 'e', 'a', 'd'};

  private Stored() {}

  static byte[] value(long revision, Bytes value) {
    byte[] stored = new byte[Long.BYTES + value.length()];
    ByteBuffer.wrap(stored).putLong(revision).put(value.shared());
    return stored;
  }

  static Row row(Bytes key, byte[] stored) {
    if (stored.length < Long.BYTES) {
      throw new EngineException.Corrupt("row of " + stored.length + " bytes");
    }
    Bytes value = Bytes.takeOver(Arrays.copyOfRange(stored, Long.BYTES, stored.length));
    return new Row(key, value, ByteBuffer.wrap(stored).getLong());
  }

  /**
   * @param revision of the last call of the batch
   */
  record Head(long revision, int calls, Bytes batchId) {
    static final Head NONE = new Head(0, 0, Bytes.EMPTY);

    static Head of(byte[] stored) {
      if (stored.length < Long.BYTES + Integer.BYTES) {
        throw new EngineException.Corrupt("head of " + stored.length + " bytes");
      }
      ByteBuffer in = ByteBuffer.wrap(stored);
      long revision = in.getLong();
      int calls = in.getInt();
      return new Head(
          revision, calls, Bytes.takeOver(Arrays.copyOfRange(stored, in.position(), in.limit())));
    }

    byte[] toBytes() {
      return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + batchId.length())
          .putLong(revision)
          .putInt(calls)
          .put(batchId.shared())
          .array();
    }

    Outcome.Committed outcome() {
      List<Long> revisions =
          LongStream.rangeClosed(revision - calls + 1, revision).boxed().toList();
      return new Outcome.Committed(revisions);
    }
  }
}
