package io.coffer.core.kms;

import io.coffer.Problem;
import io.coffer.core.due.Due;
import io.coffer.crypto.TenantKey.Algorithm;
import java.time.Instant;
import java.util.Optional;

/** One state of the material of a key; the material itself is kept apart. */
public record KeyVersion(
    String id, String keyId, Instant createdAt, Algorithm algorithm, Status status) {
  /** Whether it opens what it made. */
  public sealed interface Status {
    record Active() implements Status {}

    record Scheduled(Instant destroyAt) implements Status {}

    record Destroyed() implements Status {}
  }

  KeyVersion with(Status changed) {
    return new KeyVersion(id, keyId, createdAt, algorithm, changed);
  }

  /** Throws {@link Problem.Unmet} unless it encrypts and decrypts. */
  void requireActive() {
    switch (status) {
      case Status.Active() -> {}
      case Status.Scheduled(var _) ->
          throw new Problem.Unmet("key version is SCHEDULED_FOR_DESTRUCTION", id).asException();
      case Status.Destroyed() ->
          throw new Problem.Unmet("key version is DESTROYED", id).asException();
    }
  }

  boolean isDestroyed() {
    return switch (status) {
      case Status.Active(), Status.Scheduled(var _) -> false;
      case Status.Destroyed() -> true;
    };
  }

  /** When its material is to be destroyed. */
  Optional<Due> destruction() {
    return switch (status) {
      case Status.Scheduled(var at) ->
          Optional.of(new Due(at, Due.Kind.DESTROY_KEY_VERSION, keyId, id));
      case Status.Active(), Status.Destroyed() -> Optional.empty();
    };
  }
}
