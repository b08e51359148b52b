package io.coffer.core.iam;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes a service account. */
public record CreateAccount(
    String folderId,
    String name,
    String description,
    SortedMap<String, String> labels,
    Optional<Instant> expiresAt) {
  public CreateAccount {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }
}
