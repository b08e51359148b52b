package io.coffer.engine;

import io.coffer.Entropy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An engine over any backend: bodies run on their callers' threads against snapshots, one {@link
 * Committer} makes many of them durable at once. Stages complete on its thread: what is chained to
 * one must be quick, and must not wait for another.
 *
 * <p>It takes at most {@value CallQueue#CALLS_MAX} waiting calls; one more fails as {@link
 * EngineException.Unavailable}.
 */
public final class GroupCommit implements Engine {
  private final Backend backend;
  private final CallQueue queue = new CallQueue();
  private final Listeners listeners = new Listeners();
  private final Thread thread;

  /**
   * Takes the backend over and closes it in the end.
   *
   * @param entropy for ids of batches that no other node will use
   * @param threads makes the one thread that commits
   * @param pause waits as long as it is told, between questions to a store that does not answer
   */
  public GroupCommit(
      Backend backend,
      BatchTail tail,
      Entropy entropy,
      ThreadFactory threads,
      Consumer<Duration> pause) {
    this.backend = backend;
    this.thread = threads.newThread(new Committer(backend, tail, queue, listeners, entropy, pause));
    thread.start();
  }

  @Override
  public <T extends @Nullable Object> T read(Function<ReadTx, T> body) {
    try (Backend.Snapshot snapshot = backend.snapshot()) {
      return Snapshots.read(snapshot, body);
    }
  }

  @Override
  public <T extends @Nullable Object> CompletionStage<Committed<T>> write(
      Function<WriteTx, T> body) {
    try {
      QueuedCall<T> call = firstRun(body);
      if (call.attempt().writes()) {
        queue.add(call);
      } else {
        call.settle(call.attempt().tx().revision());
      }
      return call.stage();
    } catch (EngineException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private <T extends @Nullable Object> QueuedCall<T> firstRun(Function<WriteTx, T> body) {
    try (Backend.Snapshot snapshot = backend.snapshot()) {
      return new QueuedCall<>(body, Attempt.run(body, snapshot));
    }
  }

  @Override
  public AutoCloseable listen(Consumer<Change> listener) {
    return listeners.add(listener);
  }

  @Override
  public void compact(Family family) {
    backend.compact(family);
  }

  @Override
  public void verify() {
    backend.verify();
  }

  @Override
  public void close() {
    if (Thread.currentThread().equals(thread)) {
      throw new AssertionError("closed from its own thread, which would wait for itself");
    }
    queue.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // What was accepted is finished first.
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    backend.close();
  }
}
