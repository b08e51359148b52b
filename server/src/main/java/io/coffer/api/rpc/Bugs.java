package io.coffer.api.rpc;

/** How a bug is logged: what kind and where, never its message, which might hold anything. */
public final class Bugs {
  private static final int FRAMES_MAX = 12;

  private Bugs() {}

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
