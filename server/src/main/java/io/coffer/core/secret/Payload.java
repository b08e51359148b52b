package io.coffer.core.secret;

import java.util.List;

/** The entries of one version, in the clear, in their order. Whoever holds it closes it. */
public record Payload(String secretId, String versionId, List<PayloadEntry> entries)
    implements AutoCloseable {
  public Payload {
    entries = List.copyOf(entries);
  }

  @Override
  public void close() {
    entries.forEach(PayloadEntry::close);
  }
}
