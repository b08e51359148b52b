package io.coffer.api.rpc;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells what would stay for ever, as streams do, that the server stops. */
public final class StopSignal {
  private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean given;

  /**
   * Runs {@code then} when the signal is given, at once if it was; maybe twice, around the moment
   * it is given.
   *
   * @return forgets {@code then}; to be run by whoever ends before
   */
  public Runnable await(Runnable then) {
    waiting.add(then);
    if (given) {
      then.run();
    }
    return () -> waiting.remove(then);
  }

  /** To be given once. */
  public void give() {
    given = true;
    waiting.forEach(Runnable::run);
  }
}
