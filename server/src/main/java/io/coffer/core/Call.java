package io.coffer.core;

import java.time.Instant;
import java.util.Optional;

/**
 * One request, as far as verbs and the audit trail need to know it.
 *
 * @param at when it arrived; the only time a verb takes
 * @param requestId what the answer's {@code x-request-id} says
 * @param remoteAddress of the peer, without its port; {@code unix} for a Unix socket
 * @param userAgent as sent, cut to {@link #USER_AGENT_MAX} characters
 * @param once if what it changes must not be changed again by the same call
 */
public record Call(
    Caller caller,
    Door door,
    Instant at,
    String requestId,
    String remoteAddress,
    String userAgent,
    Optional<Once> once) {
  public static final int USER_AGENT_MAX = 256;

  public Call {
    userAgent =
        userAgent.length() > USER_AGENT_MAX ? userAgent.substring(0, USER_AGENT_MAX) : userAgent;
  }

  /** As most are: asked again, it does again what it did. */
  public Call(
      Caller caller,
      Door door,
      Instant at,
      String requestId,
      String remoteAddress,
      String userAgent) {
    this(caller, door, at, requestId, remoteAddress, userAgent, Optional.empty());
  }

  /** The same request, once its credential was believed. */
  public Call by(Caller believed) {
    return new Call(believed, door, at, requestId, remoteAddress, userAgent, once);
  }

  /** The same request, asked at another time. */
  public Call asOf(Instant time) {
    return new Call(caller, door, time, requestId, remoteAddress, userAgent, once);
  }

  /** The same request, to be done once. */
  public Call once(Once thing) {
    return new Call(caller, door, at, requestId, remoteAddress, userAgent, Optional.of(thing));
  }

  /** Where a request came in; decides the names of its audit events. */
  public enum Door {
    LOCKBOX,
    DOCKER,
    SERVER
  }
}
