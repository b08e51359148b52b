package io.coffer.api.rpc;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.RequestInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.engine.EngineException;
import io.coffer.wire.quota.QuotaFailure;
import io.coffer.wire.quota.QuotaMetric;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong, as Yandex Cloud's services say it. The only place that decides it. */
public final class Problems {
  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  public static Status status(Throwable trouble, String requestId) {
    return switch (trouble) {
      case CompletionException wrapped when wrapped.getCause() != null ->
          status(wrapped.getCause(), requestId);
      case CofferException expected -> status(expected.problem(), requestId);
      case EngineException.Unavailable _ ->
          status(Code.UNAVAILABLE, "storage is not available, nothing was written", requestId);
      case EngineException.CommitUnknown _ ->
          status(Code.UNAVAILABLE, "whether the change was written is not known", requestId);
      case EngineException.Corrupt corrupt -> {
        log.atError().addKeyValue("request", requestId).setCause(corrupt).log("storage is corrupt");
        yield status(Code.INTERNAL, "storage is corrupt", requestId);
      }
      default -> {
        // The class and where, never the message: nobody knows what a bug puts into one.
        log.atError()
            .addKeyValue("request", requestId)
            .addKeyValue("bug", Bugs.describe(trouble))
            .log("a call ended in a bug");
        yield status(Code.INTERNAL, "internal error", requestId);
      }
    };
  }

  private static Status status(Problem problem, String requestId) {
    Status status = status(code(problem), message(problem), requestId);
    if (problem instanceof Problem.Exhausted(var quota, var limit)) {
      return status.toBuilder().addDetails(Any.pack(failure(quota, limit))).build();
    }
    return problem instanceof Problem.TooMany(var _, var retryAfter)
        ? status.toBuilder().addDetails(Any.pack(retry(retryAfter))).build()
        : status;
  }

  private static RetryInfo retry(Duration after) {
    return RetryInfo.newBuilder()
        .setRetryDelay(com.google.protobuf.Duration.newBuilder().setSeconds(seconds(after)))
        .build();
  }

  /** Whole ones, so that who waits as long as he is told has waited long enough. */
  private static long seconds(Duration time) {
    return time.plusNanos(999_999_999).toSeconds();
  }

  /** For a header: in how many seconds it is worth asking again, if that is known. */
  public static OptionalLong retryAfter(Throwable trouble) {
    return switch (trouble) {
      case CompletionException wrapped when wrapped.getCause() != null ->
          retryAfter(wrapped.getCause());
      case CofferException expected
          when expected.problem() instanceof Problem.TooMany(var _, var after) ->
          OptionalLong.of(seconds(after));
      default -> OptionalLong.empty();
    };
  }

  /** What is used is all there is, and one more was wanted. */
  private static QuotaFailure failure(String quota, long limit) {
    return QuotaFailure.newBuilder()
        .addViolations(
            QuotaFailure.Violation.newBuilder()
                .setMetric(
                    QuotaMetric.newBuilder()
                        .setName(quota)
                        .setLimit(limit)
                        .setUsage((double) limit))
                .setRequired(limit + 1))
        .build();
  }

  private static Status status(Code code, String message, String requestId) {
    return Status.newBuilder()
        .setCode(code.getNumber())
        .setMessage(message)
        .addDetails(Any.pack(RequestInfo.newBuilder().setRequestId(requestId).build()))
        .build();
  }

  private static Code code(Problem problem) {
    return switch (problem) {
      case Problem.NotFound _ -> Code.NOT_FOUND;
      case Problem.AlreadyExists _ -> Code.ALREADY_EXISTS;
      case Problem.Ambiguous _, Problem.Invalid _, Problem.Violated _, Problem.Immutable _ ->
          Code.INVALID_ARGUMENT;
      case Problem.Unauthenticated _ -> Code.UNAUTHENTICATED;
      case Problem.Denied _ -> Code.PERMISSION_DENIED;
      case Problem.Unmet _, Problem.NotEmpty _ -> Code.FAILED_PRECONDITION;
      case Problem.Stale _ -> Code.ABORTED;
      case Problem.Exhausted _, Problem.TooMany _ -> Code.RESOURCE_EXHAUSTED;
      case Problem.Unsupported _ -> Code.UNIMPLEMENTED;
      case Problem.DriverFailed(var _, var trouble) ->
          trouble.passes() ? Code.UNAVAILABLE : Code.FAILED_PRECONDITION;
      case Problem.Unavailable _ -> Code.UNAVAILABLE;
    };
  }

  private static String message(Problem problem) {
    return switch (problem) {
      case Problem.NotFound(var kind, var id) -> kind + " " + id + " not found";
      case Problem.AlreadyExists(var kind, var name) -> kind + " " + name + " already exists";
      case Problem.Ambiguous(var kind, var id, var matches) ->
          kind + " " + id + " is ambiguous, " + matches + " match";
      case Problem.Invalid(var field, var rule) -> field + ": " + rule;
      case Problem.Violated(var field, var constraint, var limit) ->
          field + ": " + constraint + " must be " + limit;
      case Problem.Immutable(var kind, var id) -> kind + " " + id + ": only its labels can change";
      case Problem.Unauthenticated(var reason) -> reason;
      case Problem.Denied(var type, var id) -> "Permission denied to " + type + " " + id;
      case Problem.Unmet(var precondition, var resource) -> resource + ": " + precondition;
      case Problem.NotEmpty(var resource, var held) -> resource + ": is not empty" + words(held);
      case Problem.Stale(var expected, var actual) -> "revision is " + actual + ", not " + expected;
      case Problem.Exhausted(var quota, var limit) -> "quota " + quota + " is " + limit;
      case Problem.TooMany(var what, var _) -> what;
      case Problem.Unsupported(var what) -> what + " is not supported";
      case Problem.DriverFailed(var driver, var trouble) ->
          "driver " + driver + ": " + trouble.words();
      case Problem.Unavailable(var reason, var _) -> reason;
    };
  }

  private static String words(List<Problem.Held> held) {
    return held.isEmpty()
        ? ""
        : held.stream()
            .map(some -> some.kind() + " " + some.count())
            .collect(Collectors.joining(", ", ": ", ""));
  }
}
