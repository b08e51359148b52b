package io.coffer.core.kms;

import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Ids;
import io.coffer.core.Keyspace;
import io.coffer.core.Page;
import io.coffer.core.PageTokens;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.access.Permission;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.crypto.Keyring;
import io.coffer.engine.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The verbs on single versions of keys. */
public final class KeyVersions {
  public static final Duration PENDING_DEFAULT = Duration.ofDays(7);
  public static final Duration PENDING_MAX = Duration.ofDays(365);

  private final Verbs verbs;
  private final PageTokens pageTokens;
  private final KeyChanges changes;

  public KeyVersions(Verbs verbs, Witness witness, Ids ids, Keyring keyring) {
    this.verbs = verbs;
    this.pageTokens = new PageTokens(keyring);
    this.changes = new KeyChanges(verbs, witness, ids);
  }

  /**
   * All versions of a key, whatever their state, in the order of ids.
   *
   * @param pageSize 0 to {@link SymmetricKeys#PAGE_MAX}; 0 means {@link SymmetricKeys#PAGE_DEFAULT}
   * @param pageToken empty for the first page
   */
  public CompletionStage<KeyVersionPage> list(
      Call call, String keyId, int pageSize, String pageToken) {
    int size = pageSize == 0 ? SymmetricKeys.PAGE_DEFAULT : pageSize;
    String list = "key versions\0" + keyId;
    return verbs.read(
        call,
        KeyEvents.asked(Action.LIST_KEY_VERSIONS, keyId, ""),
        tx -> {
          SymmetricKey key = KeyRows.require(tx, call, Permission.KEYS_GET, keyId).key();
          Keyspace.Range range = Keyspace.keyVersions(keyId);
          if (!pageToken.isEmpty()) {
            range = range.after(Keyspace.keyVersion(keyId, pageTokens.lastId(list, pageToken)));
          }
          List<Row> rows = tx.scan(range.from(), range.to(), size + 1);
          List<KeyVersion> versions =
              rows.stream().limit(size).map(row -> KeyCodec.version(row.value())).toList();
          String next = rows.size() > size ? pageTokens.after(list, versions.getLast().id()) : "";
          return new KeyVersionPage(key, new Page<>(versions, next));
        });
  }

  /** A part of the versions of {@code key}, which says which of them is primary. */
  public record KeyVersionPage(SymmetricKey key, Page<KeyVersion> page) {}

  /**
   * Takes a version out of use now and destroys it after the pending period.
   *
   * @param pending 0 to {@link #PENDING_MAX}
   */
  public CompletionStage<Operation> scheduleDestruction(
      Call call, String keyId, String versionId, Duration pending) {
    if (pending.isNegative() || pending.compareTo(PENDING_MAX) > 0) {
      throw new Problem.Invalid("pending_period", "must be 0 to 365 days").asException();
    }
    Instant destroyAt = call.at().plus(pending);
    return changes.make(
        call,
        new KeyChanges.Change(
            Action.SCHEDULE_KEY_VERSION_DESTRUCTION,
            OperationKind.SCHEDULE_KEY_VERSION_DESTRUCTION,
            Permission.KEYS_UPDATE,
            keyId,
            versionId),
        (tx, found) -> {
          KeyVersion version = KeyRows.requireVersion(tx, keyId, versionId);
          if (found.key().primaryVersion().equals(versionId)) {
            throw new Problem.Unmet("key version is primary, make another one that", versionId)
                .asException();
          }
          if (version.isDestroyed()) {
            throw new Problem.Unmet("key version is DESTROYED", versionId).asException();
          }
          KeyVersion changed = version.with(new KeyVersion.Status.Scheduled(destroyAt));
          KeyRows.replace(tx, version, changed);
          return new KeyResult(found.key(), changed);
        });
  }

  /** Puts a version that waits for its destruction back into use. */
  public CompletionStage<Operation> cancelDestruction(Call call, String keyId, String versionId) {
    return changes.make(
        call,
        new KeyChanges.Change(
            Action.CANCEL_KEY_VERSION_DESTRUCTION,
            OperationKind.CANCEL_KEY_VERSION_DESTRUCTION,
            Permission.KEYS_UPDATE,
            keyId,
            versionId),
        (tx, found) -> {
          KeyVersion version = KeyRows.requireVersion(tx, keyId, versionId);
          KeyVersion changed = version.with(kept(version));
          KeyRows.replace(tx, version, changed);
          return new KeyResult(found.key(), changed);
        });
  }

  private static KeyVersion.Status kept(KeyVersion version) {
    return switch (version.status()) {
      case KeyVersion.Status.Scheduled(var _) -> new KeyVersion.Status.Active();
      case KeyVersion.Status.Active() ->
          throw new Problem.Unmet("key version is not SCHEDULED_FOR_DESTRUCTION", version.id())
              .asException();
      case KeyVersion.Status.Destroyed() ->
          throw new Problem.Unmet("key version is DESTROYED", version.id()).asException();
    };
  }
}
