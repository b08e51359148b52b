package io.coffer.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.api.rpc.StopSignal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Knows the calls in flight, so that an end can wait for them, and lets no more in then. */
final class Drain {
  /** How long those that were cut off have to notice. */
  private static final Duration CUT_OFF_MAX = Duration.ofSeconds(5);

  @GuardedBy("this")
  private final Set<ServiceRequestContext> inFlight = new HashSet<>();

  @GuardedBy("this")
  private boolean stopping;

  private final StopSignal signal = new StopSignal();

  /** Given when the end begins: what would stay for ever must end then. */
  StopSignal signal() {
    return signal;
  }

  /** Whether the call may go on; it is in flight until it is answered, then. */
  boolean enter(ServiceRequestContext call) {
    synchronized (this) {
      if (stopping) {
        return false;
      }
      inFlight.add(call);
    }
    var _ = call.log().whenComplete().thenRun(() -> leave(call));
    return true;
  }

  private synchronized void leave(ServiceRequestContext call) {
    inFlight.remove(call);
    notifyAll();
  }

  /** Lets nobody in any more; returns when the last one is out, or after {@code most}. */
  void stop(Duration most) throws InterruptedException {
    synchronized (this) {
      stopping = true;
    }
    // Not under the lock: what ends now says so to leave().
    signal.give();
    awaitEmpty(most);
  }

  /** Ends those that {@link #stop} waited for in vain; returns how many there were. */
  int cutOff() throws InterruptedException {
    List<ServiceRequestContext> late;
    synchronized (this) {
      late = List.copyOf(inFlight);
    }
    late.forEach(ServiceRequestContext::cancel);
    awaitEmpty(CUT_OFF_MAX);
    return late.size();
  }

  private synchronized void awaitEmpty(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    for (long left = most.toMillis();
        !inFlight.isEmpty() && left > 0;
        left = (end - System.nanoTime()) / 1_000_000) {
      wait(left);
    }
  }
}
