package io.coffer;

import com.google.errorprone.annotations.CompileTimeConstant;
import java.time.Duration;
import java.util.List;

/**
 * Everything that can legitimately go wrong in a call, named once.
 *
 * <p>Components are identifiers, numbers, and words fixed at compile time, so no payload gets in
 * and a problem is safe to log, to audit and to send. Bugs are not problems: those are {@link
 * AssertionError}s and end the call as INTERNAL.
 */
public sealed interface Problem {
  /** {@code id} is what the caller asked for, as he wrote it. */
  record NotFound(@CompileTimeConstant String kind, String id) implements Problem {}

  record AlreadyExists(@CompileTimeConstant String kind, String name) implements Problem {}

  /** An id prefix that fits {@code matches} of {@code kind}, more than one. */
  record Ambiguous(@CompileTimeConstant String kind, String id, int matches) implements Problem {}

  /** {@code field} is a path in the API's own spelling, {@code rule} what it must satisfy. */
  record Invalid(String field, @CompileTimeConstant String rule) implements Problem {}

  /** {@code field} breaks a published constraint, for example {@code length} {@code <=50}. */
  record Violated(String field, @CompileTimeConstant String constraint, String limit)
      implements Problem {}

  /** Something of {@code id} was sent that differs from what is, and can never change. */
  record Immutable(@CompileTimeConstant String kind, String id) implements Problem {}

  record Unauthenticated(@CompileTimeConstant String reason) implements Problem {}

  record Denied(String type, String id) implements Problem {}

  /** The state of {@code resource} forbids the call. */
  record Unmet(@CompileTimeConstant String precondition, String resource) implements Problem {}

  /**
   * What is to be deleted holds something.
   *
   * @param held of what the caller may list; empty if he may list none of it
   */
  record NotEmpty(String resource, List<Held> held) implements Problem {
    public NotEmpty {
      held = List.copyOf(held);
    }
  }

  /** So many of a kind, at least. */
  record Held(@CompileTimeConstant String kind, long count) {}

  /** The caller's view of a revision is not the newest. */
  record Stale(long expected, long actual) implements Problem {}

  record Exhausted(@CompileTimeConstant String quota, long limit) implements Problem {}

  record Unsupported(@CompileTimeConstant String what) implements Problem {}

  /** Of the driver a secret names, no value is to be had. */
  record DriverFailed(String driver, DriverTrouble trouble) implements Problem {}

  /** More than is allowed in a time; some of it will be again after {@code retryAfter}. */
  record TooMany(@CompileTimeConstant String what, Duration retryAfter) implements Problem {}

  record Unavailable(@CompileTimeConstant String reason, Duration retryAfter) implements Problem {}

  default CofferException asException() {
    return new CofferException(this);
  }
}
