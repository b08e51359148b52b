package io.coffer.core.secret;

import io.coffer.Bytes;
import io.coffer.Problem;
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
import io.coffer.core.access.Resource;
import io.coffer.core.folder.Folder;
import io.coffer.core.kms.KeyedDataKeys;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.core.operation.Operations;
import io.coffer.crypto.Keyring;
import io.coffer.engine.Committed;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import io.coffer.engine.WriteTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The verbs on secrets that speak of ids and folders, as Lockbox does. */
public final class Secrets {
  public static final int PAGE_MAX = 1000;
  public static final int PAGE_DEFAULT = 100;
  static final int LOOKED_AT_MAX = 10_000;

  private final Verbs verbs;
  private final Witness witness;
  private final Ids ids;
  private final Names names;
  private final PageTokens pageTokens;
  private final PayloadSealing sealing;
  private final SecretProviders providers;
  private final SecretQuota quota;

  public Secrets(
      Verbs verbs,
      Witness witness,
      Ids ids,
      Keyring keyring,
      PayloadSealing sealing,
      SecretProviders providers,
      SecretQuota quota) {
    this.verbs = verbs;
    this.witness = witness;
    this.ids = ids;
    this.names = new Names(keyring);
    this.pageTokens = new PageTokens(keyring);
    this.sealing = sealing;
    this.providers = providers;
    this.quota = quota;
  }

  /**
   * Makes a secret. The command's values are sealed when this returns; close it then. A driver must
   * be there, and is looked for outside of any transaction, for callers only who may make secrets.
   */
  public CompletionStage<Operation> create(Call call, CreateSecret command) {
    quota.count();
    // Drawn outside the body: a body that runs twice must write the same thing twice.
    boolean fromDocker = call.door() == Call.Door.DOCKER;
    String secretId = fromDocker ? ids.docker() : ids.lockbox();
    Optional<SealedVersion> first =
        command.makesVersion()
            ? Optional.of(sealing.firstVersion(call, command, secretId, ids.lockbox()))
            : Optional.empty();
    Secret secret = secret(call, command, secretId, first);
    Operation operation =
        Operation.done(
            ids.lockbox(),
            OperationKind.CREATE_SECRET,
            call,
            secret.folderId(),
            secretId,
            secret.currentVersion().orElse(""),
            new SecretResult(secret, first.map(SealedVersion::version)).encode());
    Event asked =
        Event.of(
            Action.CREATE_SECRET,
            Event.word("folder_id", command.folderId()),
            Event.word("secret_name", command.name()));
    return found(call, asked, secret)
        .thenCompose(
            _ -> verbs.write(call, asked, tx -> create(tx, call, secret, first, operation)))
        .thenApply(Committed::value);
  }

  /** Completes when the driver of {@code secret}, if it has one, was found. */
  private CompletionStage<Void> found(Call call, Event asked, Secret secret) {
    return secret
        .driver()
        .map(driver ->
            verbs
                .read(
                    call,
                    asked,
                    tx ->
                        Access.requireFolder(
                            tx, call, Permission.SECRETS_CREATE, secret.folderId()))
                .thenCompose(_ -> providers.find(driver.name())))
        .orElseGet(() -> CompletableFuture.completedStage(null));
  }

  private Operation create(
      WriteTx tx, Call call, Secret secret, Optional<SealedVersion> first, Operation operation) {
    Folder folder = Access.requireFolder(tx, call, Permission.SECRETS_CREATE, secret.folderId());
    quota.requireRoom(tx, folder);
    if (!secret.kmsKeyId().isEmpty()) {
      KeyedDataKeys.requireWriter(tx, call, secret.kmsKeyId());
    }
    Names.require(folder, secret.name());
    first.ifPresent(version ->
        version.requireRoomIn(folder, "version_payload_entries", quota.limits().versionBytes()));
    names.take(tx, folder, secret.name(), secret.id());
    tx.put(Keyspace.home(secret.id()), Bytes.utf8(folder.id()));
    tx.put(Keyspace.secret(folder.id(), secret.id()), SecretCodec.encode(secret));
    first.ifPresent(version -> sealing.put(tx, call, secret, version));
    if (call.door() == Call.Door.LOCKBOX) {
      Operations.put(tx, operation);
    }
    witness.saw(
        tx,
        call,
        first
            .map(v -> SecretEvents.of(folder, Action.CREATE_SECRET, secret, v.version()))
            .orElseGet(() -> SecretEvents.of(folder, Action.CREATE_SECRET, secret)));
    return operation;
  }

  private static Secret secret(
      Call call, CreateSecret command, String secretId, Optional<SealedVersion> first) {
    return new Secret(
        secretId,
        command.folderId(),
        call.at(),
        call.at(),
        command.name(),
        command.description(),
        command.labels(),
        command.kmsKeyId(),
        Secret.Status.ACTIVE,
        first.map(version -> version.version().id()),
        command.deletionProtection(),
        command.password(),
        command.driver(),
        command.templating());
  }

  /** A secret's metadata, by its full id. */
  public CompletionStage<SecretView> get(Call call, String secretId) {
    Event asked = Event.of(Action.GET_SECRET, Event.word("secret_id", secretId));
    return verbs.read(call, asked, tx -> get(tx, call, secretId));
  }

  private static SecretView get(ReadTx tx, Call call, String secretId) {
    return SecretRows.view(tx, require(tx, call, Permission.SECRETS_GET, secretId));
  }

  /** Changes the fields that the command names. */
  public CompletionStage<Operation> update(Call call, UpdateSecret command) {
    return change(
        call,
        Action.UPDATE_SECRET,
        OperationKind.UPDATE_SECRET,
        command.secretId(),
        (tx, found) -> {
          Secret secret = found.secret();
          Secret changed = command.of(secret, call.at());
          if (!changed.name().equals(secret.name())) {
            Names.require(found.folder(), changed.name());
            names.free(tx, found.folder(), secret.name(), secret.id());
            names.take(tx, found.folder(), changed.name(), secret.id());
          }
          return changed;
        });
  }

  /** Lets payloads be read, whether or not they could be before. */
  public CompletionStage<Operation> activate(Call call, String secretId) {
    return change(
        call,
        Action.ACTIVATE_SECRET,
        OperationKind.ACTIVATE_SECRET,
        secretId,
        (_, found) -> with(found.secret(), Secret.Status.ACTIVE, call));
  }

  /** Lets no payload be read; metadata still is. */
  public CompletionStage<Operation> deactivate(Call call, String secretId) {
    return change(
        call,
        Action.DEACTIVATE_SECRET,
        OperationKind.DEACTIVATE_SECRET,
        secretId,
        (_, found) -> with(found.secret(), Secret.Status.INACTIVE, call));
  }

  private static Secret with(Secret secret, Secret.Status status, Call call) {
    return secret.with(status, secret.currentVersion(), call.at());
  }

  /** What a verb makes of a secret that is there. */
  @FunctionalInterface
  private interface Change {
    Secret of(WriteTx tx, SecretRows.Found found);
  }

  private CompletionStage<Operation> change(
      Call call, Action action, OperationKind kind, String secretId, Change change) {
    String operationId = ids.lockbox();
    Event asked = Event.of(action, Event.word("secret_id", secretId));
    return verbs
        .write(
            call,
            asked,
            tx -> {
              SecretRows.Found found = require(tx, call, Permission.SECRETS_UPDATE, secretId);
              Secret secret = change.of(tx, found);
              tx.put(Keyspace.secret(secret.folderId(), secretId), SecretCodec.encode(secret));
              witness.saw(tx, call, SecretEvents.of(found.folder(), action, secret));
              return done(tx, call, operationId, kind, secret);
            })
        .thenApply(Committed::value);
  }

  private static Operation done(
      WriteTx tx, Call call, String operationId, OperationKind kind, Secret secret) {
    Operation operation =
        Operation.done(
            operationId,
            kind,
            call,
            secret.folderId(),
            secret.id(),
            "",
            new SecretResult(secret, SecretRows.current(tx, secret)).encode());
    Operations.put(tx, operation);
    return operation;
  }

  /** Deletes a secret at once, with all its versions. */
  public CompletionStage<Operation> delete(Call call, String secretId) {
    String operationId = ids.lockbox();
    Event asked = Event.of(Action.DELETE_SECRET, Event.word("secret_id", secretId));
    return verbs
        .write(
            call,
            asked,
            tx -> {
              SecretRows.Found found = require(tx, call, Permission.SECRETS_DELETE, secretId);
              if (found.secret().deletionProtection()) {
                throw new Problem.Unmet("deletion protection is set", secretId).asException();
              }
              Operation operation =
                  done(tx, call, operationId, OperationKind.DELETE_SECRET, found.secret());
              SecretRows.remove(tx, names, found);
              witness.saw(
                  tx, call, SecretEvents.of(found.folder(), Action.DELETE_SECRET, found.secret()));
              return operation;
            })
        .thenApply(Committed::value);
  }

  /**
   * What was done to a secret, the newest first.
   *
   * @param pageSize 0 to {@link #PAGE_MAX}; 0 means {@link #PAGE_DEFAULT}
   * @param pageToken empty for the first page
   */
  public CompletionStage<Page<Operation>> listOperations(
      Call call, String secretId, int pageSize, String pageToken) {
    int size = pageSize == 0 ? PAGE_DEFAULT : pageSize;
    Event asked = Event.of(Action.LIST_SECRET_OPERATIONS, Event.word("secret_id", secretId));
    return verbs.read(
        call,
        asked,
        tx -> {
          require(tx, call, Permission.SECRETS_GET, secretId);
          return Operations.page(tx, pageTokens, secretId, size, pageToken);
        });
  }

  /** The key that versions of a secret are under, if it is there and they are under one. */
  public static Optional<String> keyOf(ReadTx tx, String secretId) {
    return SecretRows.find(tx, secretId)
        .map(found -> found.secret().kmsKeyId())
        .filter(keyId -> !keyId.isEmpty());
  }

  /** The secret, if the caller may; one that does not exist is not there for those who may look. */
  static SecretRows.Found require(ReadTx tx, Call call, Permission permission, String secretId) {
    Optional<SecretRows.Found> found = SecretRows.find(tx, secretId);
    if (found.isEmpty()) {
      Access.requireSomewhere(tx, call, permission, "lockbox.secret", secretId);
      throw new Problem.NotFound("secret", secretId).asException();
    }
    Access.require(tx, call, permission, Resource.secret(secretId, found.get().folder()));
    return found.get();
  }

  /** All secrets of a folder, in pages. */
  public CompletionStage<Page<SecretView>> list(
      Call call, String folderId, int pageSize, String pageToken) {
    return list(call, folderId, SecretFilter.ALL, pageSize, pageToken);
  }

  /**
   * The secrets of a folder, in the order of ids. One call looks at {@link #LOOKED_AT_MAX} at most,
   * so a page of a filtered list may be short, or empty, and yet have a next one.
   *
   * @param pageSize 0 to {@link #PAGE_MAX}; 0 means {@link #PAGE_DEFAULT}
   * @param pageToken empty for the first page
   */
  public CompletionStage<Page<SecretView>> list(
      Call call, String folderId, SecretFilter filter, int pageSize, String pageToken) {
    int size = pageSize == 0 ? PAGE_DEFAULT : pageSize;
    Event asked = Event.of(Action.LIST_SECRETS, Event.word("folder_id", folderId));
    return verbs.read(
        call,
        asked,
        tx -> {
          Access.requireFolder(tx, call, Permission.SECRETS_LIST, folderId);
          return page(tx, folderId, filter, size, pageToken);
        });
  }

  private Page<SecretView> page(
      ReadTx tx, String folderId, SecretFilter filter, int size, String pageToken) {
    String list = "secrets\0" + folderId + (filter.text().isEmpty() ? "" : "\0" + filter.text());
    Keyspace.Range range = Keyspace.secrets(folderId);
    if (!pageToken.isEmpty()) {
      range = range.after(Keyspace.secret(folderId, pageTokens.lastId(list, pageToken)));
    }
    int step = filter.terms().isEmpty() ? size + 1 : PAGE_MAX;
    List<SecretView> views = new ArrayList<>();
    String lastId = "";
    for (int lookedAt = 0; lookedAt < LOOKED_AT_MAX; lookedAt += step) {
      List<Row> rows = tx.scan(range.from(), range.to(), step);
      for (Row row : rows) {
        if (views.size() == size) {
          return new Page<>(views, pageTokens.after(list, lastId));
        }
        Secret secret = SecretCodec.secret(row.value());
        lastId = secret.id();
        if (filter.shows(secret)) {
          views.add(new SecretView(secret, SecretRows.current(tx, secret), row.revision()));
        }
      }
      if (rows.size() < step) {
        return new Page<>(views, "");
      }
      range = range.after(rows.getLast().key());
    }
    return new Page<>(views, pageTokens.after(list, lastId));
  }

  /** Completes for those who may list the folder, and fails for others as a list does. */
  public CompletionStage<Folder> requireListable(Call call, String folderId) {
    Event asked = Event.of(Action.LIST_SECRETS, Event.word("folder_id", folderId));
    return verbs.read(
        call, asked, tx -> Access.requireFolder(tx, call, Permission.SECRETS_LIST, folderId));
  }

  SecretLimits limits() {
    return quota.limits();
  }

  PageTokens pageTokens() {
    return pageTokens;
  }

  Names names() {
    return names;
  }
}
