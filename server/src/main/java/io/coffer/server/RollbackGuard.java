package io.coffer.server;

import io.coffer.audit.Chains;
import io.coffer.audit.Head;
import io.coffer.core.Action;
import io.coffer.core.Event;
import io.coffer.engine.EngineException;
import io.coffer.engine.ReadTx;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a store was put back to an earlier state, which nothing in the store can tell:
 * writes down beside the seal key up to where its trail has come, at each checkpoint, and looks for
 * that block at the next start. What is put back within one interval of checkpoints goes unnoticed.
 */
final class RollbackGuard implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RollbackGuard.class);
  private static final int END_MAX_SECONDS = 30;

  private volatile CounterFile file;
  private volatile Optional<Head> last = Optional.empty();
  private final AtomicReference<Optional<Head>> next = new AtomicReference<>(Optional.empty());
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("rollback-counter").daemon().factory());
  private boolean failed;

  RollbackGuard(CounterFile file) {
    this.file = file;
  }

  /**
   * What there is to record of the start: nothing, unless a rollback is accepted.
   *
   * @param isNew whether the store was made by this start
   * @throws EngineException.Unavailable if the store was further before, and that is not accepted
   * @throws Mistakes if a rollback is accepted and there is none: what was meant for one start must
   *     not stay
   */
  Optional<Event> check(ReadTx tx, boolean isNew, Rollback rollback) {
    Optional<Head> known = file.read();
    if (known.isEmpty() && !isNew) {
      log.atWarn()
          .addKeyValue("file", file.path())
          .log(
              "the rollback counter is not there: nothing tells whether the store is an older copy");
    }
    Optional<Head> lost = known.filter(head -> !Chains.holds(tx, head));
    return switch (rollback) {
      case REFUSE -> {
        lost.ifPresent(head -> {
          throw new EngineException.Unavailable(refusal(head, Chains.newest(tx)));
        });
        yield Optional.empty();
      }
      case ACCEPT -> {
        Head head =
            lost.orElseThrow(() ->
                new Mistakes(
                    List.of(
                        "--accept-rollback: the store is not behind its counter: start without it")));
        yield Optional.of(accepted(head, Chains.newest(tx)));
      }
    };
  }

  private String refusal(Head lost, Head newest) {
    return "the store was put back to an earlier state: it has come to %s, as %s says, which is not in it; its trail ends at %s. If you have restored a copy, start the server once with --accept-rollback"
        .formatted(lost.inWords(), file.path(), newest.inWords());
  }

  private Event accepted(Head lost, Head newest) {
    log.atWarn()
        .addKeyValue("lost", lost.inWords())
        .addKeyValue("trail_ends", newest.inWords())
        .log("the store was put back to an earlier state, and that is accepted");
    return Event.of(
        Action.ACCEPT_ROLLBACK,
        Event.word("lost_chain", Long.toString(lost.chain())),
        Event.word("lost_sequence", Long.toString(lost.sequence())),
        Event.word("chain", Long.toString(newest.chain())),
        Event.word("sequence", Long.toString(newest.sequence())));
  }

  /** Takes the newest checkpoint and returns at once; one that waits is overtaken by it. */
  void checkpoint(Head head) {
    last = Optional.of(head);
    if (next.getAndSet(Optional.of(head)).isEmpty()) {
      thread.execute(this::write);
    }
  }

  /** From now on it is told there, and at once. */
  void moveTo(CounterFile other) {
    file = other;
    last.ifPresent(this::checkpoint);
  }

  private void write() {
    next.getAndSet(Optional.empty())
        .ifPresent(head -> {
          try {
            file.write(head);
            failed = false;
          } catch (UncheckedIOException e) {
            if (!failed) { // Said once: where the folder is read-only it is so each minute.
              log.atWarn()
                  .addKeyValue("file", file.path())
                  .addKeyValue("trouble", String.valueOf(e.getCause()))
                  .log("the rollback counter cannot be written");
            }
            failed = true;
          }
        });
  }

  /** Writes what waits. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(END_MAX_SECONDS, TimeUnit.SECONDS)) {
        log.atWarn().log("the rollback counter is not written in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Whoever closes is in a hurry.
    }
  }
}
