package io.coffer.server;

import io.coffer.core.Verbs;
import io.coffer.core.due.Due;
import io.coffer.core.due.DueWork;
import io.coffer.engine.Engine;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has done what is due, by whoever does it. It looks by the clock of now each time and remembers
 * nothing: a clock that jumps, a restart and a job that failed make it late, and nothing is lost.
 */
final class DueJobs {
  static final int BATCH_MAX = 1000;

  private static final Logger log = LoggerFactory.getLogger(DueJobs.class);

  private final Engine engine;
  private final InstantSource clock;
  private final Map<Due.Kind, DueWork> work = new EnumMap<>(Due.Kind.class);

  /** Knows who does what; every kind needs somebody. */
  DueJobs(Engine engine, InstantSource clock, List<? extends DueWork> workers) {
    this.engine = engine;
    this.clock = clock;
    workers.forEach(worker -> worker.kinds().forEach(kind -> work.put(kind, worker)));
    for (Due.Kind kind : Due.Kind.values()) {
      if (!work.containsKey(kind)) {
        throw new AssertionError("nobody does " + kind);
      }
    }
  }

  /** Looks once. What fails is told and stays due; it keeps nothing else from being done. */
  void look() {
    try {
      List<Due> due = engine.read(tx -> Due.until(tx, clock.instant(), BATCH_MAX));
      due.forEach(this::run);
    } catch (RuntimeException | AssertionError e) {
      log.atWarn().addKeyValue("cause", e.getClass().getName()).log("cannot look what is due");
    }
  }

  private void run(Due due) {
    DueWork worker = work.get(due.kind());
    if (worker == null) {
      throw new AssertionError("nobody does " + due.kind());
    }
    try {
      worker.run(Administrator.serverCall(clock), due).toCompletableFuture().join();
      log.atInfo()
          .addKeyValue("kind", due.kind())
          .addKeyValue("resource", due.resourceId())
          .log("done what was due");
    } catch (RuntimeException | AssertionError e) {
      log.atWarn()
          .addKeyValue("kind", due.kind())
          .addKeyValue("resource", due.resourceId())
          .addKeyValue("cause", Verbs.cause(e).getClass().getName())
          .log("could not do what is due");
    }
  }
}
