package io.coffer.core.change;

import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Keyspace;
import io.coffer.core.Witness;
import io.coffer.engine.WriteTx;
import java.util.concurrent.CompletionStage;

/**
 * Leaves the row of a change where it is put on record. A verb cannot forget it, since it cannot
 * forget the record; both are in its transaction.
 */
public record ChangeWitness(Witness next) implements Witness {
  @Override
  public void saw(WriteTx tx, Call call, Event event) {
    if (event.action().effect() != Action.Effect.NONE) {
      SecretChange change = SecretChange.of(call, event);
      tx.put(
          Keyspace.change(
              change.at(),
              call.requestId(),
              change.folderId(),
              change.secretId(),
              change.action().eventName(),
              change.versionId()),
          ChangeCodec.encode(change));
    }
    next.saw(tx, call, event);
  }

  @Override
  public CompletionStage<Void> refused(Call call, Event event, Problem problem) {
    return next.refused(call, event, problem);
  }
}
