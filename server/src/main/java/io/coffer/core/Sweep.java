package io.coffer.core;

import io.coffer.engine.Engine;
import io.coffer.engine.Row;
import io.coffer.engine.WriteTx;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Removes rows whose time is over, a page at a time: each page is looked at in a view of its own
 * and removed in a write of its own, so that calls are held up by none of them, and what a stop
 * leaves is found the next time.
 */
public final class Sweep {
  private static final int PAGE = 1_000;

  private Sweep() {}

  /**
   * Removes those in {@code range} that are {@code over}; returns how many there were. A row that
   * changed since it was looked at stays.
   *
   * @param remove deletes the row, and what else is kept because of it
   */
  public static int run(
      Engine engine, Keyspace.Range range, Predicate<Row> over, BiConsumer<WriteTx, Row> remove) {
    int swept = 0;
    Keyspace.Range next = range;
    List<Row> rows;
    do {
      Keyspace.Range rest = next;
      rows = engine.read(tx -> tx.scan(rest.from(), rest.to(), PAGE));
      List<Row> old = rows.stream().filter(over).toList();
      if (!old.isEmpty()) {
        swept += remove(engine, old, remove);
      }
      next = rows.isEmpty() ? rest : rest.after(rows.getLast().key());
    } while (rows.size() == PAGE);
    return swept;
  }

  private static int remove(Engine engine, List<Row> old, BiConsumer<WriteTx, Row> remove) {
    return engine
        .write(tx -> {
          int removed = 0;
          for (Row row : old) {
            if (tx.get(row.key()).filter(row::equals).isPresent()) {
              remove.accept(tx, row);
              removed++;
            }
          }
          return removed;
        })
        .toCompletableFuture()
        .join()
        .value();
  }
}
