package io.coffer.core.operation;

import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Keyspace;
import io.coffer.core.Page;
import io.coffer.core.PageTokens;
import io.coffer.core.StoredTime;
import io.coffer.core.Sweep;
import io.coffer.core.Verbs;
import io.coffer.core.access.Access;
import io.coffer.core.access.Permission;
import io.coffer.core.access.Resource;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.engine.Engine;
import io.coffer.engine.EngineException;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import io.coffer.engine.WriteTx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Finished operations, to be asked for again. */
public final class Operations {
  private static final int SCAN_MAX = 10_000;

  private final Verbs verbs;

  public Operations(Verbs verbs) {
    this.verbs = verbs;
  }

  /** For whoever made it, and for whoever may read the metadata of what it changed. */
  public CompletionStage<Operation> get(Call call, String operationId) {
    Event asked = Event.of(Action.GET_OPERATION, Event.word("operation_id", operationId));
    return verbs.read(call, asked, tx -> get(tx, call, operationId));
  }

  /**
   * Asks an operation to stop. All are finished by the time anybody knows of them, so it is told as
   * it is.
   */
  public CompletionStage<Operation> cancel(Call call, String operationId) {
    Event asked = Event.of(Action.CANCEL_OPERATION, Event.word("operation_id", operationId));
    return verbs.read(call, asked, tx -> get(tx, call, operationId));
  }

  /**
   * A page of those on a resource, the newest first. The caller of this must have required the
   * permission.
   *
   * @param token empty for the first page
   */
  public static Page<Operation> page(
      ReadTx tx, PageTokens tokens, String resourceId, int size, String token) {
    String list = "operations\0" + resourceId;
    Keyspace.Range range = Keyspace.operationsOn(resourceId);
    if (!token.isEmpty()) {
      range = range.after(entry(resourceId, tokens.lastId(list, token)));
    }
    List<Operation> found =
        tx.scan(range.from(), range.to(), size + 1).stream()
            .map(row -> Keyspace.lastPart(row.key()))
            .map(id ->
                tx.get(Keyspace.operation(id))
                    .map(row -> OperationCodec.decode(row.value()))
                    .orElseThrow(
                        () -> new EngineException.Corrupt("a listed operation is missing")))
            .toList();
    if (found.size() <= size) {
      return new Page<>(found, "");
    }
    List<Operation> page = found.subList(0, size);
    Operation last = page.getLast();
    return new Page<>(page, tokens.after(list, StoredTime.of(last.createdAt()) + "/" + last.id()));
  }

  /**
   * Where the last one given stands among those on its resource.
   *
   * @param mark its time and its id
   */
  private static Bytes entry(String resourceId, String mark) {
    int slash = mark.indexOf('/');
    return Keyspace.operationOn(
        resourceId, Long.parseLong(mark.substring(0, slash)), mark.substring(slash + 1));
  }

  /** Lists no operation on the resource any more; they can still be asked for one by one. */
  public static void forget(WriteTx tx, String resourceId) {
    Keyspace.Range range = Keyspace.operationsOn(resourceId);
    List<Row> rows;
    do {
      rows = tx.scan(range.from(), range.to(), SCAN_MAX);
      rows.forEach(row -> tx.delete(row.key()));
    } while (rows.size() == SCAN_MAX);
  }

  /** Keeps {@code operation}; part of the verb that it records. */
  public static void put(WriteTx tx, Operation operation) {
    tx.put(Keyspace.operation(operation.id()), OperationCodec.encode(operation));
    tx.put(entryOnResource(operation), Bytes.EMPTY);
  }

  private static Bytes entryOnResource(Operation operation) {
    return Keyspace.operationOn(
        operation.resourceId(), StoredTime.of(operation.createdAt()), operation.id());
  }

  /** Removes those that were done before {@code before}; returns how many there were. */
  public static int sweep(Engine engine, Instant before) {
    return Sweep.run(
        engine,
        Keyspace.operations(),
        row -> OperationCodec.decode(row.value()).modifiedAt().isBefore(before),
        (tx, row) -> remove(tx, OperationCodec.decode(row.value())));
  }

  /** The other end of {@link #put}. */
  private static void remove(WriteTx tx, Operation operation) {
    tx.delete(Keyspace.operation(operation.id()));
    tx.delete(entryOnResource(operation));
  }

  private static Operation get(ReadTx tx, Call call, String operationId) {
    Optional<Row> row =
        operationId.indexOf('\0') >= 0 ? Optional.empty() : tx.get(Keyspace.operation(operationId));
    if (row.isEmpty()) {
      Access.requireSomewhere(tx, call, Permission.SECRETS_GET, "operation", operationId);
      throw new Problem.NotFound("operation", operationId).asException();
    }
    Operation operation = OperationCodec.decode(row.get().value());
    if (!operation.createdBy().equals(call.caller().subject().id())
        || !call.caller().scopes().isEmpty()) {
      requireReader(tx, call, operation);
    }
    return operation;
  }

  private static void requireReader(ReadTx tx, Call call, Operation operation) {
    switch (operation.kind()) {
      case CREATE_SECRET,
          UPDATE_SECRET,
          DELETE_SECRET,
          ACTIVATE_SECRET,
          DEACTIVATE_SECRET,
          ADD_VERSION,
          SET_CURRENT_VERSION,
          SCHEDULE_VERSION_DESTRUCTION,
          CANCEL_VERSION_DESTRUCTION,
          SET_ACCESS_BINDINGS,
          UPDATE_ACCESS_BINDINGS ->
          Access.require(
              tx,
              call,
              Permission.SECRETS_GET,
              Resource.secret(operation.resourceId(), folder(tx, operation)));
      case CREATE_FOLDER,
          UPDATE_FOLDER,
          DELETE_FOLDER,
          SET_FOLDER_BINDINGS,
          UPDATE_FOLDER_BINDINGS ->
          Access.require(tx, call, Permission.FOLDERS_GET, Resource.of(folder(tx, operation)));
      case CREATE_CLOUD, UPDATE_CLOUD, DELETE_CLOUD, SET_CLOUD_BINDINGS, UPDATE_CLOUD_BINDINGS ->
          Access.require(tx, call, Permission.CLOUDS_GET, Resource.cloud(operation.resourceId()));
      case CREATE_KEY,
          UPDATE_KEY,
          DELETE_KEY,
          SET_PRIMARY_KEY_VERSION,
          SCHEDULE_KEY_VERSION_DESTRUCTION,
          CANCEL_KEY_VERSION_DESTRUCTION,
          ROTATE_KEY,
          SET_KEY_BINDINGS,
          UPDATE_KEY_BINDINGS ->
          Access.require(
              tx,
              call,
              Permission.KEYS_GET,
              Resource.symmetricKey(operation.resourceId(), folder(tx, operation)));
      case CREATE_SERVICE_ACCOUNT,
          UPDATE_SERVICE_ACCOUNT,
          DELETE_SERVICE_ACCOUNT,
          SUSPEND_SERVICE_ACCOUNT,
          REACTIVATE_SERVICE_ACCOUNT,
          SET_SERVICE_ACCOUNT_BINDINGS,
          UPDATE_SERVICE_ACCOUNT_BINDINGS ->
          Access.require(
              tx,
              call,
              Permission.SERVICE_ACCOUNTS_GET,
              Resource.serviceAccount(operation.resourceId(), folder(tx, operation)));
      case CREATE_GROUP,
          UPDATE_GROUP,
          DELETE_GROUP,
          UPDATE_GROUP_MEMBERS,
          SET_GROUP_BINDINGS,
          UPDATE_GROUP_BINDINGS ->
          Access.require(
              tx,
              call,
              Permission.GROUPS_GET,
              Resource.group(operation.resourceId(), operation.folderId()));
      case UPDATE_ACCOUNT_KEY, DELETE_ACCOUNT_KEY ->
          requireKeyReader(tx, call, operation, "iam.key");
      case UPDATE_API_KEY, DELETE_API_KEY -> requireKeyReader(tx, call, operation, "iam.apiKey");
      case UPDATE_USER_KEY, DELETE_USER_KEY ->
          Access.require(
              tx,
              call,
              Permission.USER_KEYS_GET,
              Resource.keyOfUser(
                  "iam.key", operation.accountId(), operation.resourceId(), operation.folderId()));
      case CREATE_FEDERATED_CREDENTIAL, DELETE_FEDERATED_CREDENTIAL ->
          requireKeyReader(tx, call, operation, "iam.federatedCredential");
      case CREATE_FEDERATION,
          UPDATE_FEDERATION,
          DELETE_FEDERATION,
          SET_FEDERATION_BINDINGS,
          UPDATE_FEDERATION_BINDINGS ->
          Access.require(
              tx,
              call,
              Permission.FEDERATIONS_GET,
              Resource.federation(operation.resourceId(), folder(tx, operation)));
    }
  }

  /** Where it was done. What is gone with its folder may be read by who may read its cloud. */
  private static Folder folder(ReadTx tx, Operation operation) {
    return Folders.findEver(tx, operation.folderId())
        .orElseThrow(() -> new EngineException.Corrupt("an operation in no folder"));
  }

  private static void requireKeyReader(ReadTx tx, Call call, Operation operation, String resource) {
    Access.require(
        tx,
        call,
        Permission.ACCOUNT_KEYS_GET,
        Resource.keyOf(
            resource, operation.accountId(), operation.resourceId(), folder(tx, operation)));
  }
}
