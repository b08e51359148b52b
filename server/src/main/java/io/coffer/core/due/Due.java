package io.coffer.core.due;

import io.coffer.Bytes;
import io.coffer.core.Keyspace;
import io.coffer.engine.EngineException;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import io.coffer.engine.WriteTx;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Something to do at a time, unless it is taken back before.
 *
 * @param versionId empty if no version is concerned
 */
public record Due(Instant at, Kind kind, String resourceId, String versionId) {
  /** What is to be done. The name is in keys on disk: never reuse one, never rename. */
  public enum Kind {
    ROTATE_KEY("rotate-key"),
    DESTROY_KEY_VERSION("destroy-key-version");

    private final String stored;

    Kind(String stored) {
      this.stored = stored;
    }

    private static Kind of(String stored) {
      return Arrays.stream(values())
          .filter(kind -> kind.stored.equals(stored))
          .findFirst()
          .orElseThrow(() -> new EngineException.Corrupt("something of an unknown kind is due"));
    }
  }

  public void put(WriteTx tx) {
    tx.put(key(), Bytes.EMPTY);
  }

  /** Takes it back, or marks it done. */
  public void remove(WriteTx tx) {
    tx.delete(key());
  }

  /** Whether it is still to be done. */
  public boolean stands(ReadTx tx) {
    return tx.get(key()).isPresent();
  }

  /**
   * What is to be done by {@code now}, the oldest first.
   *
   * @param limit at most so many
   */
  public static List<Due> until(ReadTx tx, Instant now, int limit) {
    Keyspace.Range all = Keyspace.allDueWork();
    return tx.scan(all.from(), all.to(), limit).stream()
        .map(Due::of)
        .takeWhile(due -> !due.at().isAfter(now))
        .toList();
  }

  private Bytes key() {
    return Keyspace.dueWork(at, kind.stored, resourceId, versionId);
  }

  private static Due of(Row row) {
    return new Due(
        Keyspace.timeOfDueWork(row.key()),
        Kind.of(Keyspace.kindOfDueWork(row.key())),
        Keyspace.resourceOfDueWork(row.key()),
        Keyspace.lastPart(row.key()));
  }
}
