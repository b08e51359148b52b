package io.coffer.core.kms;

import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Ids;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.access.Permission;
import io.coffer.core.folder.Folder;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.core.operation.Operations;
import io.coffer.engine.Committed;
import io.coffer.engine.WriteTx;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** Changes of one key each: permitted, made, on record, and kept as an operation. */
final class KeyChanges {
  private final Verbs verbs;
  private final Witness witness;
  private final Ids ids;

  KeyChanges(Verbs verbs, Witness witness, Ids ids) {
    this.verbs = verbs;
    this.witness = witness;
    this.ids = ids;
  }

  /**
   * What is changed.
   *
   * @param versionId empty if the caller named none
   */
  record Change(
      Action action, OperationKind kind, Permission permission, String keyId, String versionId) {}

  CompletionStage<Operation> make(
      Call call, Change change, BiFunction<WriteTx, KeyRows.Found, KeyResult> body) {
    String operationId = ids.kms(); // Outside the body, which may run twice.
    return verbs
        .write(
            call,
            KeyEvents.asked(change.action(), change.keyId(), change.versionId()),
            tx -> {
              KeyRows.Found found = KeyRows.require(tx, call, change.permission(), change.keyId());
              KeyResult result = body.apply(tx, found);
              Operation operation = record(tx, call, change, found.folder(), result, operationId);
              if (change.kind() == OperationKind.DELETE_KEY) {
                Operations.forget(tx, change.keyId());
              }
              return operation;
            })
        .thenApply(Committed::value);
  }

  Operation record(
      WriteTx tx, Call call, Change change, Folder folder, KeyResult result, String operationId) {
    Operation operation =
        Operation.done(
            operationId,
            change.kind(),
            call,
            folder.id(),
            result.key().id(),
            result.version().id(),
            result.encode());
    Operations.put(tx, operation);
    witness.saw(
        tx, call, KeyEvents.of(folder, change.action(), result.key(), result.version().id()));
    return operation;
  }
}
