package io.coffer.core.secret;

import java.util.List;
import java.util.Optional;

/**
 * The entries of one version, in the clear, in their order. Whoever holds it closes it.
 *
 * @param versionId empty of a value that a driver gave
 */
public record Payload(String secretId, String versionId, List<PayloadEntry> entries)
    implements AutoCloseable {
  public Payload {
    entries = List.copyOf(entries);
  }

  /** The value the Docker door knows: the entry {@code data}, else the only one. */
  Optional<PayloadEntry> dockerValue() {
    Optional<PayloadEntry> named =
        entries.stream().filter(entry -> entry.key().equals(Payloads.DOCKER_KEY)).findFirst();
    return named.isPresent() || entries.size() != 1 ? named : Optional.of(entries.getFirst());
  }

  @Override
  public void close() {
    entries.forEach(PayloadEntry::close);
  }
}
