package io.coffer.api.docker.wire;

import java.util.regex.Pattern;

/** What a spec must satisfy before anything is looked up. */
public final class SecretRules {
  public static final int NAME_BYTES_MAX = 64;
  public static final int DATA_BYTES_MAX = 511_999;

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9._-]*[a-zA-Z0-9])?");

  private SecretRules() {}

  /**
   * Throws {@link DockerError} on the first rule {@code spec} breaks, in the order an engine looks.
   * With a driver the data is not looked at.
   */
  public static void requireCreatable(SecretSpec spec, ApiVersion version) {
    if (spec.templating() != null) {
      version.requireTemplating();
    }
    SpecSize.requireMessage(spec);
    requireName(spec.name());
    Driver driver = spec.driver();
    if (driver != null) {
      if (driver.name().isEmpty()) {
        throw SecretErrors.driverNameMissing();
      }
    } else if (spec.data().length() == 0 || spec.data().length() > DATA_BYTES_MAX) {
      throw SecretErrors.dataSize();
    }
    SpecSize.requireObject(spec);
  }

  /** Throws {@link DockerError} 500 if an update to {@code spec} is larger than engines take. */
  public static void requireFitting(SecretSpec spec) {
    SpecSize.requireMessage(spec);
    SpecSize.requireObject(spec);
  }

  /** Throws {@link DockerError} 400 unless {@code name} is one a secret may have. */
  public static void requireName(String name) {
    if (name.isEmpty()) {
      throw SecretErrors.nameMissing();
    }
    // What the pattern lets through is ASCII, so characters are bytes.
    if (name.length() > NAME_BYTES_MAX || !NAME.matcher(name).matches()) {
      throw SecretErrors.nameInvalid();
    }
  }
}
