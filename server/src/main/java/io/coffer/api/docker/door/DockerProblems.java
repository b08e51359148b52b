package io.coffer.api.docker.door;

import io.coffer.CofferException;
import io.coffer.DriverTrouble;
import io.coffer.Problem;
import io.coffer.api.docker.wire.DockerError;
import io.coffer.api.docker.wire.SecretErrors;
import io.coffer.api.rpc.Bugs;
import io.coffer.engine.EngineException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong, as an engine says it. The only place that decides it for this door. */
final class DockerProblems {
  private static final Logger log = LoggerFactory.getLogger(DockerProblems.class);
  private static final String PREFIX = "rpc error: code = ";

  private DockerProblems() {}

  static DockerError error(Throwable trouble) {
    return switch (trouble) {
      case CompletionException wrapped when wrapped.getCause() != null -> error(wrapped.getCause());
      case DockerError error -> error;
      case CofferException expected -> error(expected.problem());
      case EngineException.Unavailable _, EngineException.CommitUnknown _ ->
          Unready.STORAGE_LOST.error();
      case EngineException.Corrupt corrupt -> {
        log.atError().addKeyValue("bug", Bugs.describe(corrupt)).log("the store is corrupt");
        yield Unready.STORAGE_LOST.error();
      }
      default -> {
        log.atError().addKeyValue("bug", Bugs.describe(trouble)).log("a call ended in a bug");
        yield new DockerError(500, "internal error");
      }
    };
  }

  private static DockerError error(Problem problem) {
    return switch (problem) {
      case Problem.NotFound(var _, var id) -> SecretErrors.notFound(id);
      case Problem.AlreadyExists(var _, var name) -> SecretErrors.nameTaken(name);
      case Problem.Ambiguous(var _, var id, var matches) -> SecretErrors.ambiguous(id, matches);
      case Problem.Invalid(var field, var rule) ->
          new DockerError(400, PREFIX + "InvalidArgument desc = " + field + " " + rule);
      case Problem.Violated(var field, var constraint, var limit) ->
          new DockerError(
              400, PREFIX + "InvalidArgument desc = " + field + " " + constraint + " " + limit);
      case Problem.Immutable _ -> SecretErrors.notOnlyLabels();
      case Problem.Unauthenticated(var reason) ->
          new DockerError(401, PREFIX + "Unauthenticated desc = " + reason);
      case Problem.Denied(var type, var id) ->
          new DockerError(
              403, PREFIX + "PermissionDenied desc = permission denied to " + type + " " + id);
      // A protected secret is, for Docker's clients, one that is in use.
      case Problem.Unmet(var precondition, var resource) ->
          SecretErrors.inUse(resource, List.of(precondition));
      case Problem.NotEmpty _ -> throw new AssertionError("nothing here holds anything");
      case Problem.Stale _ -> SecretErrors.outOfSequence();
      case Problem.Exhausted(var quota, var limit) ->
          new DockerError(500, PREFIX + "ResourceExhausted desc = quota " + quota + " is " + limit);
      case Problem.TooMany(var what, var _) ->
          new DockerError(429, PREFIX + "ResourceExhausted desc = " + what);
      case Problem.Unsupported(var what) -> new DockerError(501, what + " is not supported");
      case Problem.DriverFailed(var driver, var trouble) -> driver(driver, trouble);
      case Problem.Unavailable _ -> Unready.STORAGE_LOST.error();
    };
  }

  private static DockerError driver(String driver, DriverTrouble trouble) {
    return switch (trouble) {
      case UNKNOWN -> SecretErrors.driverUnknown(driver);
      case UNFIT -> SecretErrors.driverUnfit();
      case MISCONFIGURED, UNREACHABLE, LATE, BUSY, REFUSED, MALFORMED, VALUE_SIZE ->
          SecretErrors.driverFailed(driver, trouble.words());
    };
  }
}
