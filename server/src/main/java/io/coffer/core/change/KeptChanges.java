package io.coffer.core.change;

import io.coffer.Bytes;
import io.coffer.core.Keyspace;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import io.coffer.engine.Stamp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The changes that are kept, read from their rows. Rows lie in the order of times and are told in
 * that of commits: a call that came first may be committed last.
 */
final class KeptChanges {
  private static final int SCAN_MAX = 10_000;

  private KeptChanges() {}

  /** The newest of a folder, at most {@code most}, oldest first. Only these are unsealed. */
  static List<SecretChange.Placed> newest(ReadTx tx, String folderId, int most) {
    Deque<Bytes> keys = new ArrayDeque<>();
    eachPage(
        tx,
        page -> {
          for (Stamp row : page) {
            if (Keyspace.folderOfChange(row.key()).equals(folderId)) {
              keys.add(row.key());
              if (keys.size() > most) {
                keys.remove();
              }
            }
          }
        });
    List<SecretChange.Placed> newest = new ArrayList<>();
    keys.forEach(key -> find(tx, key).ifPresent(newest::add));
    return inOrder(newest);
  }

  /**
   * Those of a folder after a position. Only these are unsealed.
   *
   * @return empty if some are not kept any more, if they are more than {@code most}, or if the
   *     position is none this store has come to: it was set back, or it is another
   */
  static Optional<List<SecretChange.Placed>> after(
      ReadTx tx, String folderId, long position, int most) {
    if (position < floor(tx) || position > tx.revision()) {
      return Optional.empty();
    }
    List<Bytes> later = new ArrayList<>();
    eachPage(
        tx,
        page -> {
          for (Stamp row : page) {
            if (row.revision() > position
                && later.size() <= most
                && Keyspace.folderOfChange(row.key()).equals(folderId)) {
              later.add(row.key());
            }
          }
        });
    if (later.size() > most) {
      return Optional.empty();
    }
    List<SecretChange.Placed> found = new ArrayList<>();
    later.forEach(key -> find(tx, key).ifPresent(found::add));
    return Optional.of(inOrder(found));
  }

  static Optional<SecretChange.Placed> find(ReadTx tx, Bytes key) {
    return tx.get(key).map(KeptChanges::placed);
  }

  /** No position before this one can be gone on from: some of what followed it is gone. */
  static long floor(ReadTx tx) {
    return tx.get(Keyspace.changesFloor()).map(row -> ChangeCodec.floor(row.value())).orElse(0L);
  }

  /** Shows all rows in the order of their keys, page by page. */
  static void eachPage(ReadTx tx, Consumer<List<Stamp>> visitor) {
    Keyspace.Range range = Keyspace.changes();
    List<Stamp> page;
    do {
      page = tx.stamps(range.from(), range.to(), SCAN_MAX);
      visitor.accept(page);
      range = page.isEmpty() ? range : range.after(page.getLast().key());
    } while (page.size() == SCAN_MAX);
  }

  private static SecretChange.Placed placed(Row row) {
    return new SecretChange.Placed(row.revision(), ChangeCodec.change(row.value()));
  }

  private static List<SecretChange.Placed> inOrder(List<SecretChange.Placed> changes) {
    changes.sort(Comparator.comparingLong(SecretChange.Placed::position));
    return changes;
  }
}
