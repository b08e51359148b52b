package io.coffer.auth;

import io.coffer.core.workload.JwksUrl;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Brings the keys of issuers from where they are. Owned here, implemented by the server. */
@FunctionalInterface
public interface KeySource {
  /** From the question to its end, whatever the other side does. */
  Duration TIME_MAX = Duration.ofSeconds(5);

  /** Of a set, as JSON. */
  int BYTES_MAX = 256 << 10;

  /**
   * The text that is there. The stage fails within {@link #TIME_MAX} if there is none, it is longer
   * than {@link #BYTES_MAX}, or the place is one that is not asked.
   */
  CompletionStage<String> fetch(JwksUrl url);
}
