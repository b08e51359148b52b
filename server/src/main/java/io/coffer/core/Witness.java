package io.coffer.core;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.engine.WriteTx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes down what happens. Owned by the verbs, implemented by {@code audit}. */
public interface Witness {
  /** Adds the record of {@code event} to the transaction: both become durable or neither. */
  void saw(WriteTx tx, Call call, Event event);

  /**
   * Records that {@code event} was refused. The stage completes when the record is durable, or at
   * once when the caller's share of such records is used up; what was left out is counted in his
   * next one.
   */
  CompletionStage<Void> refused(Call call, Event event, Problem problem);

  /**
   * Fails with {@code refusal} once it is on record; if it cannot be written down, with that
   * instead.
   */
  default <A> CompletionStage<A> refuse(Call call, Event event, CofferException refusal) {
    return refused(call, event, refusal.problem())
        .thenCompose(_ -> CompletableFuture.failedStage(refusal));
  }
}
