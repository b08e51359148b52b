package io.coffer.core;

import io.coffer.Problem;
import io.coffer.engine.WriteTx;
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
}
