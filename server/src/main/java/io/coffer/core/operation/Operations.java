package io.coffer.core.operation;

import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Keyspace;
import io.coffer.core.StoredTime;
import io.coffer.core.Verbs;
import io.coffer.core.access.Access;
import io.coffer.core.access.Permission;
import io.coffer.core.access.Resource;
import io.coffer.core.folder.Folders;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import io.coffer.engine.WriteTx;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Finished operations, to be asked for again. */
public final class Operations {
  private final Verbs verbs;

  public Operations(Verbs verbs) {
    this.verbs = verbs;
  }

  /** For whoever made it, and for whoever may read the metadata of what it changed. */
  public CompletionStage<Operation> get(Call call, String operationId) {
    Event asked = Event.of(Action.GET_OPERATION, Event.word("operation_id", operationId));
    return verbs.read(call, asked, tx -> get(tx, call, operationId));
  }

  /** Keeps {@code operation}; part of the verb that it records. */
  public static void put(WriteTx tx, Operation operation) {
    tx.put(Keyspace.operation(operation.id()), OperationCodec.encode(operation));
    tx.put(
        Keyspace.operationOn(
            operation.resourceId(), StoredTime.of(operation.createdAt()), operation.id()),
        Bytes.EMPTY);
  }

  private static Operation get(ReadTx tx, Call call, String operationId) {
    Optional<Row> row =
        operationId.indexOf('\0') >= 0 ? Optional.empty() : tx.get(Keyspace.operation(operationId));
    if (row.isEmpty()) {
      Access.requireSomewhere(tx, call, Permission.SECRETS_GET, "operation", operationId);
      throw new Problem.NotFound("operation", operationId).asException();
    }
    Operation operation = OperationCodec.decode(row.get().value());
    if (!operation.createdBy().equals(call.caller().subject().id())) {
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
              Resource.secret(operation.resourceId(), Folders.require(tx, operation.folderId())));
      case SET_FOLDER_BINDINGS, UPDATE_FOLDER_BINDINGS ->
          Access.require(
              tx,
              call,
              Permission.FOLDERS_GET,
              Resource.of(Folders.require(tx, operation.resourceId())));
      case SET_CLOUD_BINDINGS, UPDATE_CLOUD_BINDINGS ->
          Access.require(
              tx,
              call,
              Permission.CLOUDS_GET,
              Resource.of(Folders.requireCloud(tx, operation.resourceId())));
    }
  }
}
