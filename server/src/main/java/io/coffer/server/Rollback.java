package io.coffer.server;

/** What to do about a store that was further when it was last heard of. */
public enum Rollback {
  /** Do not start on it. */
  REFUSE,
  /** It is a copy that was restored on purpose: start, and go on from there. */
  ACCEPT
}
