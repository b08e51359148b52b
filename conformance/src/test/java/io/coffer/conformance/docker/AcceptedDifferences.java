package io.coffer.conformance.docker;

import java.util.Map;

/** The cases Coffer answers differently on purpose, and why. The one place that lists them. */
final class AcceptedDifferences {
  /** Case id to reason. Only details of Go's HTTP server or router belong here. */
  static final Map<String, String> REASONS = Map.of();

  private AcceptedDifferences() {}
}
