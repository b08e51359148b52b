package io.coffer.engine;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run of a body against one view: what it read and wrote, and what it came to. */
final class Attempt<T extends @Nullable Object> {
  private final Transaction tx;
  private final Result<T> result;

  private Attempt(Transaction tx, Result<T> result) {
    this.tx = tx;
    this.result = result;
  }

  @SuppressWarnings("CatchingUnchecked") // Whatever the body throws is the caller's to see.
  static <T extends @Nullable Object> Attempt<T> run(
      Function<? super WriteTx, ? extends T> body, Backend.Snapshot view) {
    Transaction tx = new Transaction(view);
    try {
      return new Attempt<>(tx, new Answer<>(body.apply(tx)));
    } catch (Throwable e) {
      return new Attempt<>(tx, new Thrown<>(e));
    } finally {
      tx.end();
    }
  }

  Transaction tx() {
    return tx;
  }

  /** True if there is something to make durable. */
  boolean writes() {
    return result instanceof Answer && !tx.isIdle();
  }

  boolean threw() {
    return result instanceof Thrown;
  }

  /** Tells the caller, now that what the body saw and wrote is durable. */
  void settle(CompletableFuture<Committed<T>> stage, long revision) {
    switch (result) {
      case Answer<T>(T value) -> stage.complete(new Committed<>(value, revision));
      case Thrown<T>(Throwable cause) -> stage.completeExceptionally(cause);
    }
  }

  private sealed interface Result<T extends @Nullable Object> {}

  private record Answer<T extends @Nullable Object>(T value) implements Result<T> {}

  private record Thrown<T extends @Nullable Object>(Throwable cause) implements Result<T> {}
}
