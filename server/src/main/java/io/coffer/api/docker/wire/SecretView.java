package io.coffer.api.docker.wire;

import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A secret as it is shown: everything but its data.
 *
 * @param index the revision of its last change; 0 is left out
 * @param labels ordered by {@link Utf8Order}
 */
public record SecretView(
    String id,
    long index,
    Instant createdAt,
    Instant updatedAt,
    String name,
    SortedMap<String, String> labels,
    @Nullable Driver driver,
    @Nullable Driver templating) {
  public SecretView {
    labels = Utf8Order.copyOf(labels);
  }
}
