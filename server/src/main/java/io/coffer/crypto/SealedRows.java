package io.coffer.crypto;

import io.coffer.Bytes;
import io.coffer.crypto.Aead.Place;
import io.coffer.crypto.Aead.Purpose;
import io.coffer.engine.Row;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** Seals and opens rows, each to its own key. */
record SealedRows(Aead aead) {
  Bytes seal(Bytes key, Bytes value) {
    return aead.sealBytes(value, place(key));
  }

  Row open(Row sealed) {
    Bytes value = aead.openBytes(sealed.value(), place(sealed.key()));
    return new Row(sealed.key(), value, sealed.revision());
  }

  /** Opens each row when it is asked for, once. */
  List<Row> open(List<Row> sealed) {
    return new Opened(this, sealed);
  }

  private static Place place(Bytes key) {
    return new Place(Purpose.STORED_VALUE, key);
  }

  /** Threads that race for a row open it twice, to the same content. */
  private static final class Opened extends AbstractList<Row> implements RandomAccess {
    private final SealedRows rows;
    private final List<Row> sealed;
    private final @Nullable Row[] opened;

    Opened(SealedRows rows, List<Row> sealed) {
      this.rows = rows;
      this.sealed = sealed;
      this.opened = new Row[sealed.size()];
    }

    @Override
    public Row get(int index) {
      Row row = opened[index];
      if (row == null) {
        row = rows.open(sealed.get(index));
        opened[index] = row;
      }
      return row;
    }

    @Override
    public int size() {
      return opened.length;
    }
  }
}
