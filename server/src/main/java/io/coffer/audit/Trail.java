package io.coffer.audit;

import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Witness;
import io.coffer.engine.Engine;
import io.coffer.engine.WriteTx;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The witness: leaves notes that become records of the {@link Chain}. */
public final class Trail implements Witness {
  private final Engine engine;
  private final RefusalShares shares = new RefusalShares();

  public Trail(Engine engine) {
    this.engine = engine;
  }

  @Override
  public void saw(WriteTx tx, Call call, Event event) {
    tx.note(RecordCodec.done(call, event));
  }

  @Override
  public CompletionStage<Void> refused(Call call, Event event, Problem problem) {
    OptionalLong leftOut = shares.take(call);
    if (leftOut.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    return engine
        .<Boolean>write(tx -> {
          tx.note(RecordCodec.refused(call, event, problem, leftOut.getAsLong()));
          return true;
        })
        .whenComplete((_, trouble) -> {
          if (trouble != null) {
            shares.owe(call, leftOut.getAsLong());
          }
        })
        .thenAccept(_ -> {});
  }
}
