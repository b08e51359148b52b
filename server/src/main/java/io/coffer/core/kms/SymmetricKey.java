package io.coffer.core.kms;

import io.coffer.Problem;
import io.coffer.core.due.Due;
import io.coffer.crypto.TenantKey.Algorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A series of versions that encrypt and decrypt; the primary one encrypts where none is named.
 *
 * @param defaultAlgorithm of the versions to come
 * @param rotatedAt when the newest version was made
 * @param rotationPeriod absent: it is not rotated by itself
 */
public record SymmetricKey(
    String id,
    String folderId,
    Instant createdAt,
    String name,
    String description,
    SortedMap<String, String> labels,
    Status status,
    String primaryVersion,
    Algorithm defaultAlgorithm,
    Instant rotatedAt,
    Optional<Duration> rotationPeriod,
    boolean deletionProtection) {
  public static final Duration ROTATION_MIN = Duration.ofDays(1);
  public static final Duration ROTATION_MAX = Duration.ofDays(3650);

  public SymmetricKey {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** Throws {@link Problem.Invalid} unless keys may be rotated by such a period. */
  static void requireRotation(Duration period) {
    if (period.compareTo(ROTATION_MIN) < 0 || period.compareTo(ROTATION_MAX) > 0) {
      throw new Problem.Invalid("rotation_period", "must be 1 to 3650 days").asException();
    }
  }

  /** Throws {@link Problem.Unmet} unless it encrypts and decrypts. */
  void requireActive() {
    switch (status) {
      case ACTIVE -> {}
      case INACTIVE -> throw new Problem.Unmet("key is INACTIVE", id).asException();
    }
  }

  /** When it is to be rotated by itself. */
  Optional<Due> rotation() {
    return rotationPeriod.map(
        period -> new Due(rotatedAt.plus(period), Due.Kind.ROTATE_KEY, id, ""));
  }

  /** The same key with another version primary. */
  SymmetricKey withPrimary(String versionId) {
    return with(versionId, rotatedAt);
  }

  /** The same key with a new version, which is primary. */
  SymmetricKey rotated(String versionId, Instant at) {
    return with(versionId, at);
  }

  private SymmetricKey with(String versionId, Instant rotated) {
    return new SymmetricKey(
        id,
        folderId,
        createdAt,
        name,
        description,
        labels,
        status,
        versionId,
        defaultAlgorithm,
        rotated,
        rotationPeriod,
        deletionProtection);
  }

  /** Whether it encrypts and decrypts at all. */
  public enum Status {
    ACTIVE,
    INACTIVE
  }
}
