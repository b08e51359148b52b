package io.coffer.api.rpc;

import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.TimeoutException;
import com.linecorp.armeria.common.stream.CancelledSubscriptionException;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import java.util.concurrent.CompletionException;

/** How a bug is logged: what kind and where, never its message, which might hold anything. */
public final class Bugs {
  private static final int FRAMES_MAX = 12;

  private Bugs() {}

  /**
   * Whether a request ended because its client went away or was too slow: no bug of anybody's, and
   * no line in a log, which anybody could fill so.
   */
  public static boolean isNone(Throwable trouble) {
    return trouble instanceof ClosedSessionException
        || trouble instanceof ClosedStreamException
        || trouble instanceof CancelledSubscriptionException
        || trouble instanceof TimeoutException
        || (trouble instanceof CompletionException
            && trouble.getCause() != null
            && isNone(trouble.getCause()));
  }

  public static String describe(Throwable bug) {
    StringBuilder out = new StringBuilder(bug.getClass().getName());
    StackTraceElement[] frames = bug.getStackTrace();
    for (int i = 0; i < Math.min(FRAMES_MAX, frames.length); i++) {
      out.append(i == 0 ? " at " : " < ").append(frames[i]);
    }
    Throwable cause = bug.getCause();
    if (cause != null) {
      out.append("; caused by ").append(describe(cause));
    }
    return out.toString();
  }
}
