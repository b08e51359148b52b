package io.coffer.engine;

import io.coffer.Bytes;
import java.util.Optional;
import java.util.function.IntFunction;

/** A backend that does to each commit what it is told to. */
final class FaultyBackend implements Backend {
  private final Backend sound;
  private final IntFunction<Fault> faults;
  private int commits;
  private int silentFor;
  private volatile boolean silent;

  /**
   * @param faults what happens to the commit of that number, from 0; called by one thread
   */
  FaultyBackend(Backend sound, IntFunction<Fault> faults) {
    this.sound = sound;
    this.faults = faults;
  }

  enum Fault {
    NONE,
    UNAVAILABLE,
    CONFLICT,
    /** Nobody knows, and it was not committed. */
    LOST,
    /** Nobody knows, and it was committed. */
    ANSWER_LOST,
    /** As {@link #ANSWER_LOST}, and the store answers the second question only. */
    ANSWER_LATE,
    /** As {@link #LOST}, and the store answers no question until it is told to. */
    LOST_IN_SILENCE,
    /** As {@link #ANSWER_LOST}, and the store answers no question until it is told to. */
    ANSWER_LOST_IN_SILENCE,
    THROWS
  }

  /** Ends a silence. */
  void speak() {
    silent = false;
  }

  @Override
  public Snapshot snapshot() {
    return sound.snapshot();
  }

  @Override
  public Outcome commit(Batch batch) {
    Fault fault = faults.apply(commits++);
    Outcome.Unknown unknown = new Outcome.Unknown(new IllegalStateException("cut off"));
    return switch (fault) {
      case NONE -> sound.commit(batch);
      case UNAVAILABLE -> new Outcome.Unavailable(new EngineException.Unavailable("as told"));
      case CONFLICT -> new Outcome.Conflict();
      case LOST -> unknown;
      case ANSWER_LOST -> {
        sound.commit(batch);
        yield unknown;
      }
      case ANSWER_LATE -> {
        sound.commit(batch);
        silentFor = 1;
        yield unknown;
      }
      case LOST_IN_SILENCE -> {
        silent = true;
        yield unknown;
      }
      case ANSWER_LOST_IN_SILENCE -> {
        sound.commit(batch);
        silent = true;
        yield unknown;
      }
      case THROWS -> throw new IllegalStateException("as told");
    };
  }

  @Override
  public Optional<Outcome.Committed> wasCommitted(Bytes batchId) {
    if (silent || silentFor-- > 0) {
      throw new EngineException.Unavailable("no answer");
    }
    return sound.wasCommitted(batchId);
  }

  @Override
  public boolean exclusive() {
    return sound.exclusive();
  }

  @Override
  public void compact(Family family) {
    sound.compact(family);
  }

  @Override
  public void verify() {
    sound.verify();
  }

  @Override
  public void close() {
    sound.close();
  }
}
