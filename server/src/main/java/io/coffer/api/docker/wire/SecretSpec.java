package io.coffer.api.docker.wire;

import io.coffer.SecretBytes;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a caller sent to be made, or to change a secret to; not yet held against {@link
 * SecretRules}. Whoever has it closes it, which wipes the data.
 *
 * @param name empty if absent
 * @param labels ordered by {@link Utf8Order}
 * @param data empty if absent, null or empty in the body, which all mean the same
 */
public record SecretSpec(
    String name,
    SortedMap<String, String> labels,
    SecretBytes data,
    @Nullable Driver driver,
    @Nullable Driver templating)
    implements AutoCloseable {
  public SecretSpec {
    labels = Utf8Order.copyOf(labels);
  }

  @Override
  public void close() {
    data.close();
  }
}
