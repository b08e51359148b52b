package io.coffer.api.docker.door;

import io.coffer.api.docker.wire.DockerError;
import io.coffer.api.docker.wire.SecretErrors;

/** Why nothing can be done now, told as an engine tells it: the only place that decides how. */
enum Unready {
  /** Until somebody opens the seal: as a swarm under autolock says it, and then what to do here. */
  SEALED,
  STARTING,
  STOPPING,
  STORAGE_LOST;

  DockerError error() {
    return switch (this) {
      case SEALED -> SecretErrors.sealed();
      case STARTING, STOPPING, STORAGE_LOST -> SecretErrors.notReady();
    };
  }
}
