package io.coffer.core;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.engine.Committed;
import io.coffer.engine.Engine;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Runs the body of a verb as one transaction. A body that ends in a refusal is written down before
 * the refusal is told; if it cannot be written down, the call fails with that instead.
 */
public final class Verbs {
  private final Engine engine;
  private final Witness witness;

  public Verbs(Engine engine, Witness witness) {
    this.engine = engine;
    this.witness = witness;
  }

  /**
   * Runs {@code body} against a snapshot. For a call that says once and was done, it fails with
   * {@link Onces.Done}.
   *
   * @param asked what to write down if the body refuses
   */
  public <T> CompletionStage<T> read(Call call, Event asked, Function<ReadTx, T> body) {
    Function<ReadTx, T> run =
        call.once().isPresent() ? Onces.before(call, call.once().get(), body) : body;
    try {
      return CompletableFuture.completedStage(engine.read(run));
    } catch (RuntimeException trouble) {
      return settle(call, asked, trouble);
    }
  }

  /**
   * As {@link #read}, for a body that writes or notes. If the call says once and its change was
   * done, the stage fails with {@link Onces.Done}.
   */
  public <T> CompletionStage<Committed<T>> write(
      Call call, Event asked, Function<WriteTx, T> body) {
    Function<WriteTx, T> run =
        call.once().isPresent() ? Onces.around(call, call.once().get(), body) : body;
    return engine.write(run).exceptionallyCompose(trouble -> settle(call, asked, cause(trouble)));
  }

  /** What a stage failed with, without what stages wrap it in. */
  public static Throwable cause(Throwable trouble) {
    return trouble instanceof CompletionException && trouble.getCause() != null
        ? trouble.getCause()
        : trouble;
  }

  private <T> CompletionStage<T> settle(Call call, Event asked, Throwable trouble) {
    if (trouble instanceof CofferException refusal && refusal.problem() instanceof Problem.Denied) {
      return witness.refuse(call, asked, refusal);
    }
    return CompletableFuture.failedStage(trouble);
  }
}
