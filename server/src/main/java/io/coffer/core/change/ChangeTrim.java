package io.coffer.core.change;

import io.coffer.Bytes;
import io.coffer.core.Keyspace;
import io.coffer.engine.Engine;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Forgets old changes: those older than {@link #AGE_MAX}, and of more than {@link #KEPT_MAX} the
 * oldest; the newest {@link ChangeFeed#NEWEST_KEPT} stay whatever their age. Meant to be called
 * every minute: between two calls there may be more.
 */
public final class ChangeTrim {
  public static final Duration AGE_MAX = Duration.ofHours(1);
  public static final int KEPT_MAX = 100_000;

  /** What one transaction forgets. */
  private static final int BATCH_MAX = 1_000;

  private final Engine engine;
  private final Executor thread;
  private final int keptMax;

  /**
   * One for all folders.
   *
   * @param thread where batches after the first are looked for
   */
  public ChangeTrim(Engine engine, Executor thread) {
    this(engine, thread, KEPT_MAX);
  }

  ChangeTrim(Engine engine, Executor thread, int keptMax) {
    this.engine = engine;
    this.thread = thread;
    this.keptMax = keptMax;
  }

  /** Forgets what is too old at {@code now}; the stage tells how many. */
  public CompletionStage<Integer> trim(Instant now) {
    int count = engine.read(ChangeTrim::count);
    int surplus = Math.max(0, count - keptMax);
    int mayGo = Math.max(surplus, count - ChangeFeed.NEWEST_KEPT);
    return forget(now.minus(AGE_MAX), surplus, mayGo, 0);
  }

  /** Batch by batch: what is still surplus goes whatever its age. */
  private CompletionStage<Integer> forget(Instant before, int surplus, int mayGo, int gone) {
    List<Stamp> old = mayGo > 0 ? engine.read(tx -> oldest(tx, before, surplus, mayGo)) : List.of();
    if (old.isEmpty()) {
      return CompletableFuture.completedStage(gone);
    }
    long last = old.stream().mapToLong(Stamp::revision).max().orElseThrow();
    List<Bytes> keys = old.stream().map(Stamp::key).toList();
    return engine
        .write(tx -> {
          keys.forEach(tx::delete);
          tx.put(
              Keyspace.changesFloor(),
              ChangeCodec.encodeFloor(Math.max(last, KeptChanges.floor(tx))));
          return keys.size();
        })
        .thenComposeAsync(
            done -> forget(before, surplus - keys.size(), mayGo - keys.size(), gone + done.value()),
            thread);
  }

  private static int count(ReadTx tx) {
    int[] count = {0};
    KeptChanges.eachPage(tx, page -> count[0] += page.size());
    return count[0];
  }

  private static List<Stamp> oldest(ReadTx tx, Instant before, int surplus, int mayGo) {
    Keyspace.Range range = Keyspace.changes();
    List<Stamp> old = new ArrayList<>();
    for (Stamp row : tx.stamps(range.from(), range.to(), Math.min(BATCH_MAX, mayGo))) {
      if (old.size() >= surplus && !Keyspace.timeOfChange(row.key()).isBefore(before)) {
        break;
      }
      old.add(row);
    }
    return old;
  }
}
