package io.coffer.api.docker.driver;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.api.docker.wire.DockerError;
import io.coffer.api.rpc.Bugs;
import io.coffer.engine.EngineException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why there is no value, in a sentence for the log of an engine. The only place for this door. */
final class DriverProblems {
  private static final Logger log = LoggerFactory.getLogger(DriverProblems.class);

  private DriverProblems() {}

  static String text(Throwable trouble) {
    return switch (trouble) {
      case CompletionException wrapped when wrapped.getCause() != null -> text(wrapped.getCause());
      case DockerError error -> error.text();
      case CofferException expected -> text(expected.problem());
      case EngineException.Unavailable _, EngineException.CommitUnknown _ ->
          "coffer has no access to its storage, try again";
      default -> {
        log.atError().addKeyValue("bug", Bugs.describe(trouble)).log("a call ended in a bug");
        yield "internal error of coffer";
      }
    };
  }

  private static String text(Problem problem) {
    return switch (problem) {
      case Problem.NotFound(var kind, var id) -> kind + " " + id + " not found";
      case Problem.Denied(var type, var id) ->
          "permission denied: lockbox.payloadViewer is needed on " + type + " " + id;
      case Problem.Unmet(var precondition, var resource) -> precondition + ": " + resource;
      case Problem.Violated(var field, var constraint, var limit) ->
          field + " " + constraint + " " + limit;
      case Problem.Invalid(var field, var rule) -> field + " " + rule;
      case Problem.Unsupported(var what) -> what + " is not supported";
      case Problem.Unavailable(var reason, var _) -> reason + ", try again";
      case Problem.DriverFailed(var driver, var failed) ->
          "driver " + driver + ": " + failed.words();
      case Problem.Unauthenticated(var reason) -> reason;
      case Problem.Exhausted(var quota, var limit) -> "quota " + quota + " is " + limit;
      case Problem.TooMany(var what, var _) -> what;
      case Problem.AlreadyExists _,
          Problem.Ambiguous _,
          Problem.Immutable _,
          Problem.NotEmpty _,
          Problem.Stale _ ->
          throw new AssertionError("no answer to reading");
    };
  }
}
