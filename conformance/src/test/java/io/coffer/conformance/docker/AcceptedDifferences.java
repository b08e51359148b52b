package io.coffer.conformance.docker;

import java.util.Map;

/** The cases Coffer answers differently on purpose, and why. The one place that lists them. */
final class AcceptedDifferences {
  /** Case id to reason. Only details of Go's HTTP server or router belong here. */
  static final Map<String, String> REASONS =
      Map.of(
          "H002",
          "HTTP/1.1 without Host is served: on a Unix socket there is no other host to mean",
          "R042",
          "doubled slashes are served and not redirected: a redirected POST would become a GET",
          "U042",
          "a bad escape in a query is 400 as it must be, in text and not JSON: it is refused as no"
              + " HTTP before the door has it");

  private AcceptedDifferences() {}
}
