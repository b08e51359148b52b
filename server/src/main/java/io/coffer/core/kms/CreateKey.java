package io.coffer.core.kms;

import io.coffer.crypto.TenantKey.Algorithm;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes a key with its first version. */
public record CreateKey(
    String folderId,
    String name,
    String description,
    SortedMap<String, String> labels,
    Algorithm defaultAlgorithm,
    Optional<Duration> rotationPeriod,
    boolean deletionProtection) {
  public CreateKey {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    rotationPeriod.ifPresent(SymmetricKey::requireRotation);
  }
}
