package io.coffer.core.access;

/** What {@link Access} decided, and why. */
public sealed interface Decision {
  /**
   * This binding allows it.
   *
   * @param on the id of what it is bound on: the resource, or what holds it
   */
  record Granted(AccessBinding binding, String on) implements Decision {}

  /** Nothing that is bound to the caller, on the resource or on what holds it, permits it. */
  record Ungranted() implements Decision {}

  /** Whatever is bound: his credential is for other things. */
  record OutOfScope() implements Decision {}

  /** Whatever is bound: nobody knows who he is. */
  record Unbelieved() implements Decision {}

  default boolean allows() {
    return this instanceof Granted;
  }
}
