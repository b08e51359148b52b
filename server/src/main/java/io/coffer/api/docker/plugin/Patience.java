package io.coffer.api.docker.plugin;

import java.time.Duration;
import java.util.List;

/**
 * How long a plugin is waited for.
 *
 * @param pauses before each further try to find it or to connect to it
 * @param whole of a call, all tries and the answer together
 */
public record Patience(List<Duration> pauses, Duration whole) {
  /** As engines have it: 15 s for a plugin that is not there. */
  public static final Patience AS_ENGINES =
      new Patience(
          List.of(
              Duration.ofSeconds(1),
              Duration.ofSeconds(2),
              Duration.ofSeconds(4),
              Duration.ofSeconds(8)),
          Duration.ofSeconds(30));

  public Patience {
    pauses = List.copyOf(pauses);
  }
}
