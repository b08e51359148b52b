package io.coffer.core.kms;

import io.coffer.Problem;
import io.coffer.crypto.TenantKey.Algorithm;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Changes the fields of a key that are masked; what the others say is not looked at. */
public record UpdateKey(
    String keyId,
    Set<Field> mask,
    String name,
    String description,
    SortedMap<String, String> labels,
    SymmetricKey.Status status,
    Algorithm defaultAlgorithm,
    Optional<Duration> rotationPeriod,
    boolean deletionProtection) {
  /** What can change. */
  public enum Field {
    NAME,
    DESCRIPTION,
    LABELS,
    STATUS,
    DEFAULT_ALGORITHM,
    ROTATION_PERIOD,
    DELETION_PROTECTION
  }

  public UpdateKey {
    if (mask.isEmpty()) {
      throw new Problem.Invalid("update_mask", "must name a field").asException();
    }
    mask = Collections.unmodifiableSet(EnumSet.copyOf(mask));
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    if (mask.contains(Field.ROTATION_PERIOD)) {
      rotationPeriod.ifPresent(SymmetricKey::requireRotation);
    }
  }

  SymmetricKey apply(SymmetricKey key) {
    return new SymmetricKey(
        key.id(),
        key.folderId(),
        key.createdAt(),
        one(Field.NAME, name, key.name()),
        one(Field.DESCRIPTION, description, key.description()),
        one(Field.LABELS, labels, key.labels()),
        one(Field.STATUS, status, key.status()),
        key.primaryVersion(),
        one(Field.DEFAULT_ALGORITHM, defaultAlgorithm, key.defaultAlgorithm()),
        key.rotatedAt(),
        one(Field.ROTATION_PERIOD, rotationPeriod, key.rotationPeriod()),
        one(Field.DELETION_PROTECTION, deletionProtection, key.deletionProtection()));
  }

  private <T> T one(Field field, T changed, T kept) {
    return mask.contains(field) ? changed : kept;
  }
}
