package io.coffer.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A write that waits for its commit. Its body has run on the caller's thread; whoever owns the call
 * runs it again where that turns out to have been too early.
 */
final class QueuedCall<T extends @Nullable Object> {
  private final Function<? super WriteTx, ? extends T> body;
  private final CompletableFuture<Committed<T>> stage = new CompletableFuture<>();
  private final int bytes;
  private Attempt<T> attempt;
  private int runs = 1;
  private boolean refused;

  QueuedCall(Function<? super WriteTx, ? extends T> body, Attempt<T> attempt) {
    this.body = body;
    this.attempt = attempt;
    this.bytes = attempt.tx().bytes();
  }

  CompletionStage<Committed<T>> stage() {
    return stage;
  }

  /** What the first run wrote, about; for the bounds of queue and batch. */
  int bytes() {
    return bytes;
  }

  Attempt<T> attempt() {
    return attempt;
  }

  int runs() {
    return runs;
  }

  void runAgain(Backend.Snapshot view) {
    attempt = Attempt.run(body, view);
    runs++;
    refused = false;
  }

  /** The store met a conflict, in this call or in one that was committed with it. */
  void refuse() {
    refused = true;
  }

  boolean refused() {
    return refused;
  }

  void settle(long revision) {
    attempt.settle(stage, revision);
  }

  void fail(Throwable cause) {
    stage.completeExceptionally(cause);
  }
}
