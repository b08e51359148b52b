package io.coffer.api.docker.door;

import io.coffer.api.docker.wire.SecretSpec;
import io.coffer.core.secret.CreateSecret;
import io.coffer.core.secret.Driver;
import io.coffer.core.secret.PayloadEntry;
import io.coffer.core.secret.Secret;
import io.coffer.core.secret.SecretView;
import io.coffer.core.secret.UpdateLabels;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Between the door's forms and the nouns. */
final class SecretForms {
  private SecretForms() {}

  /** The command closes what {@code spec} holds. */
  static CreateSecret create(String folderId, SecretSpec spec) {
    return CreateSecret.fromDocker(
        folderId,
        spec.name(),
        spec.labels(),
        spec.data().length() == 0 ? List.of() : List.of(PayloadEntry.fromDocker(spec.data())),
        driver(spec.driver()),
        driver(spec.templating()));
  }

  /** The command reads the data of {@code spec}, which stays the caller's to close. */
  static UpdateLabels update(String reference, SecretSpec spec, long revision) {
    return new UpdateLabels(
        reference,
        spec.name(),
        spec.data().length() == 0 ? Optional.empty() : Optional.of(spec.data()),
        spec.labels(),
        revision);
  }

  static io.coffer.api.docker.wire.SecretView shown(SecretView view) {
    Secret secret = view.secret();
    return new io.coffer.api.docker.wire.SecretView(
        secret.id(),
        view.revision(),
        secret.createdAt(),
        secret.updatedAt(),
        secret.name(),
        secret.labels(),
        wire(secret.driver()),
        wire(secret.templating()));
  }

  private static Optional<Driver> driver(io.coffer.api.docker.wire.@Nullable Driver driver) {
    return driver == null
        ? Optional.empty()
        : Optional.of(new Driver(driver.name(), driver.options()));
  }

  private static io.coffer.api.docker.wire.@Nullable Driver wire(Optional<Driver> driver) {
    return driver
        .map(d -> new io.coffer.api.docker.wire.Driver(d.name(), d.options()))
        .orElse(null);
  }
}
