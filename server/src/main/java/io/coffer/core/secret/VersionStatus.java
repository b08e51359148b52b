package io.coffer.core.secret;

import io.coffer.Problem;
import java.time.Instant;

/** Whether the payload of a version can be read. */
public sealed interface VersionStatus {
  record Active() implements VersionStatus {}

  record Scheduled(Instant destroyAt) implements VersionStatus {}

  record Destroyed() implements VersionStatus {}

  /** As Lockbox calls it. */
  default String code() {
    return switch (this) {
      case Active() -> "ACTIVE";
      case Scheduled _ -> "SCHEDULED_FOR_DESTRUCTION";
      case Destroyed() -> "DESTROYED";
    };
  }

  /** Throws {@link Problem.Unmet} unless the payload of {@code versionId} may be read. */
  default void requireActive(String versionId) {
    switch (this) {
      case Active() -> {}
      case Scheduled(var destroyAt) ->
          throw new Problem.Unmet("version is SCHEDULED_FOR_DESTRUCTION", versionId).asException();
      case Destroyed() -> throw new Problem.Unmet("version is DESTROYED", versionId).asException();
    }
  }

  /** To be destroyed at {@code destroyAt}, whether or not it was before. */
  default VersionStatus schedule(String versionId, Instant destroyAt) {
    return switch (this) {
      case Active(), Scheduled _ -> new Scheduled(destroyAt);
      case Destroyed() -> throw new Problem.Unmet("version is DESTROYED", versionId).asException();
    };
  }

  /** Usable again, if the time of its destruction has not come. */
  default VersionStatus cancel(String versionId, Instant now) {
    return switch (this) {
      case Active() ->
          throw new Problem.Unmet("version is ACTIVE, no destruction to cancel", versionId)
              .asException();
      case Scheduled(var destroyAt) -> {
        if (!now.isBefore(destroyAt)) {
          throw new Problem.Unmet("the time of its destruction has come", versionId).asException();
        }
        yield new Active();
      }
      case Destroyed() -> throw new Problem.Unmet("version is DESTROYED", versionId).asException();
    };
  }
}
