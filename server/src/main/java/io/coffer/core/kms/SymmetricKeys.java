package io.coffer.core.kms;

import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.SecretBytes;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Ids;
import io.coffer.core.Keyspace;
import io.coffer.core.Page;
import io.coffer.core.PageTokens;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.access.Access;
import io.coffer.core.access.Permission;
import io.coffer.core.folder.Folder;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.core.operation.Operations;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.TenantKeys;
import io.coffer.engine.Committed;
import io.coffer.engine.Row;
import io.coffer.engine.WriteTx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The verbs on keys as a whole. */
public final class SymmetricKeys {
  public static final int PAGE_MAX = 1000;
  public static final int PAGE_DEFAULT = 100;

  /** Between the deletion of a key and the destruction of its versions. */
  public static final Duration DELETION_PENDING = Duration.ofDays(3);

  private final Verbs verbs;
  private final Ids ids;
  private final PageTokens pageTokens;
  private final TenantKeys tenantKeys;
  private final KeyChanges changes;
  private final Rotation rotation;

  public SymmetricKeys(
      Verbs verbs, Witness witness, Ids ids, Keyring keyring, TenantKeys tenantKeys) {
    this.verbs = verbs;
    this.ids = ids;
    this.pageTokens = new PageTokens(keyring);
    this.tenantKeys = tenantKeys;
    this.changes = new KeyChanges(verbs, witness, ids);
    this.rotation = new Rotation(tenantKeys);
  }

  /** Makes a key and its first version. */
  public CompletionStage<Operation> create(Call call, CreateKey command) {
    // Drawn outside the body, which may run twice.
    KeyVersion first =
        new KeyVersion(
            ids.kms(),
            ids.kms(),
            call.at(),
            command.defaultAlgorithm(),
            new KeyVersion.Status.Active());
    SymmetricKey key = key(call, command, first);
    Bytes material = material(first);
    String operationId = ids.kms();
    KeyChanges.Change change =
        new KeyChanges.Change(
            Action.CREATE_KEY, OperationKind.CREATE_KEY, Permission.KEYS_CREATE, key.id(), "");
    Event asked =
        Event.of(
            Action.CREATE_KEY,
            Event.word("folder_id", command.folderId()),
            Event.word("key_name", command.name()));
    return verbs
        .write(
            call,
            asked,
            tx -> {
              Folder folder =
                  Access.requireFolder(tx, call, Permission.KEYS_CREATE, command.folderId());
              KeyRows.add(tx, key);
              KeyRows.add(tx, first, material);
              return changes.record(
                  tx, call, change, folder, new KeyResult(key, first), operationId);
            })
        .thenApply(Committed::value);
  }

  private Bytes material(KeyVersion version) {
    try (SecretBytes drawn = tenantKeys.draw()) {
      return tenantKeys.wrap(
          version.algorithm(), drawn, Keyspace.dataKey(version.keyId(), version.id()));
    }
  }

  private static SymmetricKey key(Call call, CreateKey command, KeyVersion first) {
    return new SymmetricKey(
        first.keyId(),
        command.folderId(),
        call.at(),
        command.name(),
        command.description(),
        command.labels(),
        SymmetricKey.Status.ACTIVE,
        first.id(),
        command.defaultAlgorithm(),
        call.at(),
        command.rotationPeriod(),
        command.deletionProtection());
  }

  /** What is known of a key. */
  public CompletionStage<KeyView> get(Call call, String keyId) {
    return verbs.read(
        call,
        KeyEvents.asked(Action.GET_KEY, keyId, ""),
        tx -> KeyRows.view(tx, KeyRows.require(tx, call, Permission.KEYS_GET, keyId).key()));
  }

  /**
   * The keys of a folder, in the order of ids.
   *
   * @param pageSize 0 to {@link #PAGE_MAX}; 0 means {@link #PAGE_DEFAULT}
   * @param pageToken empty for the first page
   */
  public CompletionStage<Page<KeyView>> list(
      Call call, String folderId, int pageSize, String pageToken) {
    int size = pageSize == 0 ? PAGE_DEFAULT : pageSize;
    String list = "keys\0" + folderId;
    Event asked = Event.of(Action.LIST_KEYS, Event.word("folder_id", folderId));
    return verbs.read(
        call,
        asked,
        tx -> {
          Access.requireFolder(tx, call, Permission.KEYS_LIST, folderId);
          Keyspace.Range range = Keyspace.symmetricKeys(folderId);
          if (!pageToken.isEmpty()) {
            range =
                range.after(Keyspace.symmetricKey(folderId, pageTokens.lastId(list, pageToken)));
          }
          List<Row> rows = tx.scan(range.from(), range.to(), size + 1);
          List<KeyView> views =
              rows.stream()
                  .limit(size)
                  .map(row -> KeyRows.view(tx, KeyCodec.key(row.value())))
                  .toList();
          String next =
              rows.size() > size ? pageTokens.after(list, views.getLast().key().id()) : "";
          return new Page<>(views, next);
        });
  }

  /**
   * What was done to a key, the newest first.
   *
   * @param pageSize 0 to {@link #PAGE_MAX}; 0 means {@link #PAGE_DEFAULT}
   * @param pageToken empty for the first page
   */
  public CompletionStage<Page<Operation>> listOperations(
      Call call, String keyId, int pageSize, String pageToken) {
    int size = pageSize == 0 ? PAGE_DEFAULT : pageSize;
    return verbs.read(
        call,
        KeyEvents.asked(Action.LIST_KEY_OPERATIONS, keyId, ""),
        tx -> {
          KeyRows.require(tx, call, Permission.KEYS_GET, keyId);
          return Operations.page(tx, pageTokens, keyId, size, pageToken);
        });
  }

  /** Changes what the command masks; versions stay as they are. */
  public CompletionStage<Operation> update(Call call, UpdateKey command) {
    return changes.make(
        call,
        change(
            Action.UPDATE_KEY, OperationKind.UPDATE_KEY, Permission.KEYS_UPDATE, command.keyId()),
        (tx, found) -> {
          SymmetricKey changed = command.apply(found.key());
          KeyRows.replace(tx, found.key(), changed);
          return result(tx, changed);
        });
  }

  /**
   * Takes the key and its versions out of use and out of every list at once, and schedules the
   * destruction of those versions that are not to be destroyed sooner.
   */
  public CompletionStage<Operation> delete(Call call, String keyId) {
    return changes.make(
        call,
        change(Action.DELETE_KEY, OperationKind.DELETE_KEY, Permission.KEYS_DELETE, keyId),
        (tx, found) -> {
          if (found.key().deletionProtection()) {
            throw new Problem.Unmet("deletion protection is set", keyId).asException();
          }
          KeyResult result = result(tx, found.key());
          Instant latest = call.at().plus(DELETION_PENDING);
          for (KeyVersion version : KeyRows.versions(tx, keyId)) {
            KeyRows.replace(tx, version, version.with(soonest(version.status(), latest)));
          }
          KeyRows.delete(tx, found.key());
          return result;
        });
  }

  private static KeyVersion.Status soonest(KeyVersion.Status status, Instant latest) {
    return switch (status) {
      case KeyVersion.Status.Active() -> new KeyVersion.Status.Scheduled(latest);
      case KeyVersion.Status.Scheduled(var at) ->
          new KeyVersion.Status.Scheduled(at.isBefore(latest) ? at : latest);
      case KeyVersion.Status.Destroyed() -> status;
    };
  }

  /** Makes another version the one that encrypts where none is named. */
  public CompletionStage<Operation> setPrimaryVersion(Call call, String keyId, String versionId) {
    return changes.make(
        call,
        new KeyChanges.Change(
            Action.SET_PRIMARY_KEY_VERSION,
            OperationKind.SET_PRIMARY_KEY_VERSION,
            Permission.KEYS_UPDATE,
            keyId,
            versionId),
        (tx, found) -> {
          KeyVersion version = KeyRows.requireVersion(tx, keyId, versionId);
          version.requireActive();
          SymmetricKey changed = found.key().withPrimary(versionId);
          KeyRows.replace(tx, found.key(), changed);
          return new KeyResult(changed, version);
        });
  }

  /** Adds a version and makes it primary; those before it still decrypt. */
  @SuppressWarnings("MustBeClosedChecker") // Closed when the transaction is over.
  public CompletionStage<Operation> rotate(Call call, String keyId) {
    String versionId = ids.kms();
    SecretBytes drawn = tenantKeys.draw();
    return changes
        .make(
            call,
            change(Action.ROTATE_KEY, OperationKind.ROTATE_KEY, Permission.KEYS_UPDATE, keyId),
            (tx, found) -> rotation.rotate(tx, call.at(), found.key(), versionId, drawn))
        .whenComplete((_, _) -> drawn.close());
  }

  private static KeyChanges.Change change(
      Action action, OperationKind kind, Permission permission, String keyId) {
    return new KeyChanges.Change(action, kind, permission, keyId, "");
  }

  private static KeyResult result(WriteTx tx, SymmetricKey key) {
    KeyView view = KeyRows.view(tx, key);
    return new KeyResult(view.key(), view.primary());
  }
}
