package io.coffer.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.api.rpc.StopSignal;
import java.time.Duration;

/**
 * Counts the calls in flight, so that a stop can wait for them; calls that come later are told the
 * server is stopping, also on connections that are open already.
 */
final class Drain implements DecoratingHttpServiceFunction {
  @GuardedBy("this")
  private int inFlight;

  @GuardedBy("this")
  private boolean stopping;

  private final StopSignal signal = new StopSignal();

  /** Given when a stop begins: what would stay for ever must end then. */
  StopSignal signal() {
    return signal;
  }

  @Override
  public HttpResponse serve(HttpService delegate, ServiceRequestContext ctx, HttpRequest req)
      throws Exception {
    if (!enter()) {
      throw HttpStatusException.of(HttpStatus.SERVICE_UNAVAILABLE);
    }
    var _ = ctx.log().whenComplete().thenRun(this::leave);
    return delegate.serve(ctx, req);
  }

  private synchronized boolean enter() {
    if (stopping) {
      return false;
    }
    inFlight++;
    return true;
  }

  private synchronized void leave() {
    inFlight--;
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

  private synchronized void awaitEmpty(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    for (long left = most.toMillis();
        inFlight > 0 && left > 0;
        left = (end - System.nanoTime()) / 1_000_000) {
      wait(left);
    }
  }
}
