package io.coffer.core.secret;

import io.coffer.SecretBytes;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Docker's update: only labels may change, and what may not must be repeated.
 *
 * @param name as the secret has it, in its case
 * @param data if given, what some version that can be read has
 * @param revision of the change the caller last saw
 */
public record UpdateLabels(
    String reference,
    String name,
    Optional<SecretBytes> data,
    SortedMap<String, String> labels,
    long revision) {
  public UpdateLabels {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }
}
