package io.coffer.api.rpc;

import java.util.Optional;

/**
 * An answer over REST, which can say what a message cannot.
 *
 * @param message absent if the client has it already
 * @param etag names what the message says, in quotes; empty if nothing does
 */
@SuppressWarnings("OptionalUsedAsFieldOrParameterType") // Absent is the whole point.
public record RestAnswer<A>(Optional<A> message, String etag) {
  public static <A> RestAnswer<A> of(A message) {
    return new RestAnswer<>(Optional.of(message), "");
  }

  public static <A> RestAnswer<A> tagged(A message, String etag) {
    return new RestAnswer<>(Optional.of(message), etag);
  }

  public static <A> RestAnswer<A> unchanged(String etag) {
    return new RestAnswer<>(Optional.empty(), etag);
  }
}
