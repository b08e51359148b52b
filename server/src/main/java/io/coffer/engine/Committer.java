package io.coffer.engine;

import io.coffer.Bytes;
import io.coffer.Entropy;
import io.coffer.engine.Backend.Outcome;
import io.coffer.engine.Backend.Write;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that commits. It takes the calls that are there, checks that what each of them
 * read still holds, runs those again for which it does not, and makes all of them durable at once.
 * While the store syncs, the next calls gather: that is the group commit.
 */
final class Committer implements Runnable {
  /** A call that meets so many conflicts is given up. */
  static final int RUNS_MAX = 16;

  /** After so many it is committed alone, lest it pay for the conflicts of others. */
  static final int RUNS_TOGETHER_MAX = 4;

  /** How often the store is asked what became of a batch, and how often a lost one is repeated. */
  static final int ASK_MAX = 8;

  static final int LOST_MAX = 3;

  private static final Duration PAUSE_MIN = Duration.ofMillis(5);

  private final Backend backend;
  private final BatchTail tail;
  private final CallQueue queue;
  private final Listeners listeners;
  private final Consumer<Duration> pause;
  private final Bytes idPrefix;
  private final RecentWrites recent;
  private final ArrayDeque<QueuedCall<?>> pending = new ArrayDeque<>();
  private Forming current;
  private long batches;
  private long revision;
  private @Nullable Unresolved unresolved;
  private EngineException.@Nullable Corrupt corrupt;

  Committer(
      Backend backend,
      BatchTail tail,
      CallQueue queue,
      Listeners listeners,
      Entropy entropy,
      Consumer<Duration> pause) {
    this.backend = backend;
    this.tail = tail;
    this.queue = queue;
    this.listeners = listeners;
    this.pause = pause;
    this.idPrefix = Bytes.takeOver(entropy.bytes(16));
    try (Backend.Snapshot snapshot = backend.snapshot()) {
      this.revision = snapshot.revision();
    }
    this.recent = new RecentWrites(revision);
    this.current = new Forming(revision);
  }

  @Override
  public void run() {
    try {
      while (queue.take(pending, Forming.CALLS_MAX)) {
        step();
      }
    } catch (Throwable bug) {
      // Nobody must wait for an answer that will not come.
      current.fail(new EngineException.CommitUnknown(bug));
      queue.close();
      do {
        refusePending(new EngineException.Unavailable("the committer has failed", bug));
      } while (queue.take(pending, Forming.CALLS_MAX));
      throw bug;
    }
  }

  private void step() {
    if (corrupt != null) {
      refusePending(corrupt);
    } else if (unresolved != null && !resolveEarlier(unresolved)) {
      refusePending(
          new EngineException.Unavailable("the outcome of an earlier write is not known"));
    } else {
      current = form();
      commit(current);
    }
  }

  private void refusePending(EngineException reason) {
    pending.forEach(call -> call.fail(reason));
    pending.clear();
  }

  private Forming form() {
    Forming forming = new Forming(revision);
    Backend.@Nullable Snapshot newest = null;
    try {
      while (!pending.isEmpty() && forming.hasRoomFor(pending.peek())) {
        QueuedCall<?> call = pending.peek();
        boolean alone = call.runs() > RUNS_TOGETHER_MAX && call.refused();
        if (alone && !forming.calls().isEmpty()) {
          break;
        }
        if (!stillHolds(call, forming)) {
          // Only where revisions can be foretold can a call be run on top of uncommitted ones.
          if (!backend.exclusive() && !forming.isIdle()) {
            break;
          }
          newest = newest != null ? newest : backend.snapshot();
          call.runAgain(forming.over(newest));
        }
        pending.remove();
        forming.add(call);
        if (alone) {
          break;
        }
      }
    } catch (EngineException e) {
      pending.remove().fail(e);
    } finally {
      if (newest != null) {
        newest.close();
      }
    }
    return forming;
  }

  private boolean stillHolds(QueuedCall<?> call, Forming forming) {
    Transaction tx = call.attempt().tx();
    return !call.refused() && recent.stillHold(tx) && forming.stillHold(tx);
  }

  private void commit(Forming forming) {
    if (forming.isIdle()) {
      forming.settle(List.of());
      return;
    }
    for (int lost = 0; lost <= LOST_MAX; lost++) {
      Backend.Batch batch;
      try {
        batch = batch(forming);
      } catch (RuntimeException | Error e) {
        forming.fail(e);
        return;
      }
      Outcome outcome = tryCommit(batch);
      if (outcome instanceof Outcome.Unknown(Throwable cause)) {
        outcome = ask(batch, cause, ASK_MAX);
        if (outcome instanceof Outcome.Unavailable && lost < LOST_MAX) {
          settleTail(forming, false);
          continue; // Certainly not committed: once more.
        }
      }
      concluded(forming, batch, outcome);
      return;
    }
  }

  private void concluded(Forming forming, Backend.Batch batch, Outcome outcome) {
    switch (outcome) {
      case Outcome.Committed(List<Long> revisions) -> {
        committed(forming, batch, revisions);
        forming.settle(revisions);
      }
      case Outcome.Conflict _ -> {
        settleTail(forming, false);
        takeBack(forming);
      }
      case Outcome.Unavailable(EngineException.Unavailable reason) -> {
        settleTail(forming, false);
        forming.fail(reason);
      }
      case Outcome.Unknown(Throwable cause) -> {
        // The tail is not settled either: its next rows depend on what became of these.
        unresolved = new Unresolved(forming, batch, cause);
        forming.fail(corrupt != null ? corrupt : new EngineException.CommitUnknown(cause));
      }
    }
  }

  private Backend.Batch batch(Forming forming) {
    List<Write> rows =
        forming.notes().isEmpty()
            ? List.of()
            : tail.close(List.copyOf(forming.notes())).stream()
                .map(put -> new Write(put.key(), Optional.of(put.value())))
                .toList();
    byte[] count = ByteBuffer.allocate(Long.BYTES).putLong(++batches).array();
    return new Backend.Batch(
        idPrefix.plus(Bytes.takeOver(count)),
        backend.exclusive() ? List.of() : forming.preconditions(),
        forming.groups(),
        rows);
  }

  private Outcome tryCommit(Backend.Batch batch) {
    try {
      return backend.commit(batch);
    } catch (EngineException.Corrupt e) {
      corrupt = e;
      return new Outcome.Unknown(e);
    } catch (RuntimeException e) {
      return new Outcome.Unknown(e);
    }
  }

  /** Committed, or certainly not, or still unknown. */
  private Outcome ask(Backend.Batch batch, Throwable cause, int times) {
    for (int i = 0; i < times && corrupt == null; i++) {
      if (i > 0) {
        pause.accept(PAUSE_MIN.multipliedBy(1L << (i - 1)));
      }
      try {
        Optional<Outcome.Committed> committed = backend.wasCommitted(batch.id());
        return committed.isPresent()
            ? committed.get()
            : new Outcome.Unavailable(new EngineException.Unavailable("write was lost", cause));
      } catch (EngineException.Corrupt e) {
        corrupt = e;
      } catch (RuntimeException e) {
        cause.addSuppressed(e);
      }
    }
    return new Outcome.Unknown(cause);
  }

  /** Whether it is known by now what became of an earlier batch, whose calls have been answered. */
  private boolean resolveEarlier(Unresolved earlier) {
    switch (ask(earlier.batch, earlier.cause, 1)) {
      case Outcome.Committed(List<Long> revisions) ->
          committed(earlier.forming, earlier.batch, revisions);
      case Outcome.Conflict _, Outcome.Unavailable _ -> settleTail(earlier.forming, false);
      case Outcome.Unknown _ -> {
        return false;
      }
    }
    unresolved = null;
    return true;
  }

  private void committed(Forming forming, Backend.Batch batch, List<Long> revisions) {
    checkRevisions(revisions, forming.groups().size());
    revision = revisions.getLast();
    settleTail(forming, true);
    for (int i = 0; i < revisions.size(); i++) {
      List<Bytes> keys = keys(forming.groups().get(i));
      recent.add(revisions.get(i), keys);
      if (!keys.isEmpty() && !listeners.isEmpty()) {
        listeners.tell(new Change(revisions.get(i), keys, deleted(forming.groups().get(i))));
      }
    }
    recent.add(revision, keys(batch.tail()));
  }

  private void checkRevisions(List<Long> revisions, int groups) {
    if (revisions.size() != groups || revisions.getFirst() <= revision) {
      throw new AssertionError("revisions " + revisions + " after " + revision);
    }
    if (backend.exclusive() && revisions.getLast() != revision + groups) {
      throw new AssertionError("foretold " + (revision + groups) + ", not " + revisions.getLast());
    }
  }

  private void takeBack(Forming forming) {
    for (QueuedCall<?> call : forming.calls().reversed()) {
      if (call.runs() >= RUNS_MAX) {
        call.fail(new EngineException.Unavailable("too many conflicts"));
      } else {
        call.refuse();
        pending.addFirst(call);
      }
    }
  }

  private void settleTail(Forming forming, boolean committed) {
    if (!forming.notes().isEmpty()) {
      tail.settle(committed);
    }
  }

  private static Set<Bytes> deleted(List<Write> writes) {
    Set<Bytes> deleted = new HashSet<>();
    for (Write write : writes) {
      if (write.value().isEmpty()) {
        deleted.add(write.key());
      }
    }
    return deleted;
  }

  private static List<Bytes> keys(List<Write> writes) {
    List<Bytes> keys = new ArrayList<>(writes.size());
    writes.forEach(write -> keys.add(write.key()));
    return keys;
  }

  private record Unresolved(Forming forming, Backend.Batch batch, Throwable cause) {}
}
