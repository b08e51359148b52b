package io.coffer.core.secret;

import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Keyspace;
import io.coffer.core.StoredTime;
import io.coffer.core.Witness;
import io.coffer.engine.Committed;
import io.coffer.engine.Engine;
import io.coffer.engine.Family;
import io.coffer.engine.Row;
import io.coffer.engine.WriteTx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Destroys versions whose time has come, and sees to it that the keys of what is destroyed or
 * deleted leave the disk. What is to be done is kept in rows, so that it outlives any process; when
 * it is done is for the server to say, which calls this again and again.
 */
public final class Destruction {
  /** In one transaction, and in one event of the trail. */
  static final int BATCH_MAX = 100;

  /** After one compaction; what is more than that waits for the next. */
  private static final int SHRED_MAX = 10_000;

  private static final Keyspace.Range DUE = Keyspace.allDue();

  private final Engine engine;
  private final Witness witness;

  public Destruction(Engine engine, Witness witness) {
    this.engine = engine;
    this.witness = witness;
  }

  /**
   * Destroys versions that are due at the time of the call, some at once.
   *
   * @return how many; if any, there may be more
   */
  public CompletionStage<Integer> destroyDue(Call call) {
    if (due(call).isEmpty()) {
      return CompletableFuture.completedStage(0); // As a rule, and it costs no transaction.
    }
    return engine.write(tx -> destroyDue(tx, call)).thenApply(Committed::value);
  }

  private List<Row> due(Call call) {
    return engine.read(tx -> due(call, tx.scan(DUE.from(), DUE.to(), BATCH_MAX)));
  }

  private static List<Row> due(Call call, List<Row> first) {
    long now = StoredTime.of(call.at());
    return first.stream().takeWhile(row -> Keyspace.dueTime(row.key()) <= now).toList();
  }

  private int destroyDue(WriteTx tx, Call call) {
    List<Row> due = due(call, tx.scan(DUE.from(), DUE.to(), BATCH_MAX));
    for (Row row : due) {
      destroy(tx, call, Keyspace.lastPartButOne(row.key()), Keyspace.lastPart(row.key()));
      tx.delete(row.key());
    }
    return due.size();
  }

  private void destroy(WriteTx tx, Call call, String secretId, String versionId) {
    Optional<SecretRows.Found> found = SecretRows.find(tx, secretId);
    Optional<Version> version = SecretRows.version(tx, secretId, versionId);
    if (found.isPresent()
        && version.isPresent()
        && version.get().status() instanceof VersionStatus.Scheduled) {
      Version destroyed = version.get().with(new VersionStatus.Destroyed());
      SecretRows.removePayload(tx, version.get());
      SecretRows.put(tx, version.get(), destroyed);
      witness.saw(
          tx,
          call,
          SecretEvents.of(
              found.get().folder(), Action.DESTROY_VERSION, found.get().secret(), destroyed));
    }
  }

  /**
   * Makes the data keys that were deleted before now leave the disk, whatever deleted them. It
   * holds its caller up until the store has rewritten what held them.
   *
   * @return of how many versions, 0 if there was nothing to do
   */
  public CompletionStage<Integer> shred(Call call) {
    Keyspace.Range all = Keyspace.allUnshredded();
    List<Row> deleted = engine.read(tx -> List.copyOf(tx.scan(all.from(), all.to(), SHRED_MAX)));
    if (deleted.isEmpty()) {
      return CompletableFuture.completedStage(0);
    }
    engine.compact(Family.DATA_KEYS);
    return engine
        .write(tx -> {
          for (int from = 0; from < deleted.size(); from += BATCH_MAX) {
            List<Row> some = deleted.subList(from, Math.min(from + BATCH_MAX, deleted.size()));
            some.forEach(row -> tx.delete(row.key()));
            witness.saw(tx, call, shredded(some));
          }
          return deleted.size();
        })
        .thenApply(Committed::value);
  }

  private static Event shredded(List<Row> rows) {
    return Event.of(
        Action.SHRED,
        Event.words(
            "version_ids",
            rows.stream()
                .map(row -> Keyspace.lastPartButOne(row.key()) + "/" + Keyspace.lastPart(row.key()))
                .toList()));
  }
}
