package io.coffer.core.secret;

import io.coffer.Problem;
import java.time.Instant;

/** Whether the payload of a version can be read. */
public sealed interface VersionStatus {
  record Active() implements VersionStatus {}

  record Scheduled(Instant destroyAt) implements VersionStatus {}

  record Destroyed() implements VersionStatus {}

  /** Throws {@link Problem.Unmet} unless the payload of {@code versionId} may be read. */
  default void requireActive(String versionId) {
    switch (this) {
      case Active() -> {}
      case Scheduled(var destroyAt) ->
          throw new Problem.Unmet("version is SCHEDULED_FOR_DESTRUCTION", versionId).asException();
      case Destroyed() -> throw new Problem.Unmet("version is DESTROYED", versionId).asException();
    }
  }
}
