package io.coffer.core.secret;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Keyspace;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.engine.Change;
import io.coffer.engine.Engine;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How many secrets a cloud may have. They are counted in memory, from what the engine says was
 * committed: a stored count would make every create wait for every other. So calls that are in
 * flight together do not see each other, and at most they may go over the limit; the count itself
 * is exact, and after a start it is counted anew.
 *
 * <p>Folders that the Docker door shows do not count: an engine has no such limit.
 */
public final class SecretQuota {
  private static final String METRIC = "lockbox.secrets.count";
  private static final int SCAN = 10_000;
  private static final long NOT_YET = -1;

  private final Engine engine;
  private final SecretLimits limits;
  private final ConcurrentHashMap<String, Folder> holders = new ConcurrentHashMap<>();

  @GuardedBy("this")
  private final Map<String, Long> byFolder = new HashMap<>();

  @GuardedBy("this")
  private final List<Change> early = new ArrayList<>();

  @GuardedBy("this")
  private long countedAt = NOT_YET;

  /** Listens to the engine from now on. */
  public SecretQuota(Engine engine, SecretLimits limits) {
    this.engine = engine;
    this.limits = limits;
    AutoCloseable _ = engine.listen(this::heard); // As long as the engine lives.
  }

  /** Counts what is there; whoever needs the count before that is done counts as well. */
  public void count() {
    if (isCounted()) {
      return;
    }
    Map<String, Long> found = new HashMap<>();
    long revision =
        engine.read(tx -> {
          Keyspace.Range range = Keyspace.homes();
          List<Row> rows;
          do {
            rows = tx.scan(range.from(), range.to(), SCAN);
            for (Row row : rows) {
              found.merge(new String(row.value().shared(), StandardCharsets.UTF_8), 1L, Long::sum);
            }
            range = rows.isEmpty() ? range : range.after(rows.getLast().key());
          } while (rows.size() == SCAN);
          return tx.revision();
        });
    begin(found, revision);
  }

  SecretLimits limits() {
    return limits;
  }

  private synchronized boolean isCounted() {
    return countedAt != NOT_YET;
  }

  private synchronized void begin(Map<String, Long> found, long revision) {
    if (countedAt == NOT_YET) {
      byFolder.putAll(found);
      countedAt = revision;
      for (Change change : early) {
        add(change);
      }
      early.clear();
    }
  }

  /** Throws {@link Problem.Exhausted} if the cloud of {@code folder} has all it may have. */
  void requireRoom(ReadTx tx, Folder folder) {
    if (folder.names() == Folder.Names.DOCKER) {
      return;
    }
    long all = 0;
    for (Map.Entry<String, Long> counted : counts().entrySet()) {
      // Where a folder is and whose it is never changes.
      Optional<Folder> holder =
          Optional.ofNullable(holders.get(counted.getKey()))
              .or(() -> Folders.find(tx, counted.getKey()));
      holder.ifPresent(found -> holders.putIfAbsent(found.id(), found));
      all +=
          holder.filter(found -> countsIn(found, folder.cloudId())).isPresent()
              ? counted.getValue()
              : 0;
    }
    if (all >= limits.perCloud()) {
      throw new Problem.Exhausted(METRIC, limits.perCloud()).asException();
    }
  }

  private static boolean countsIn(Folder folder, String cloudId) {
    return folder.names() != Folder.Names.DOCKER && folder.cloudId().equals(cloudId);
  }

  private synchronized Map<String, Long> counts() {
    return Map.copyOf(byFolder);
  }

  private synchronized void heard(Change change) {
    if (countedAt == NOT_YET) {
      if (change.keys().stream().anyMatch(Keyspace::isHome)) {
        early.add(change);
      }
    } else {
      add(change);
    }
  }

  @GuardedBy("this")
  private void add(Change change) {
    if (change.revision() <= countedAt) {
      return;
    }
    for (Bytes key : change.keys()) {
      if (Keyspace.isHome(key)) {
        // Written when a secret is made, deleted when it is; its folder is in the secret's own key.
        String folderId = folderOf(Keyspace.lastPart(key), change);
        long step = change.deleted().contains(key) ? -1 : 1;
        byFolder.compute(folderId, (_, count) -> counted(count == null ? step : count + step));
      }
    }
  }

  /** Of a folder with none nothing is kept: it may be gone tomorrow. */
  private static @Nullable Long counted(long count) {
    return count == 0 ? null : count;
  }

  private static String folderOf(String secretId, Change change) {
    for (Bytes key : change.keys()) {
      if (Keyspace.isSecret(key) && Keyspace.lastPart(key).equals(secretId)) {
        return Keyspace.folderOf(key);
      }
    }
    throw new AssertionError("a secret without its row");
  }
}
