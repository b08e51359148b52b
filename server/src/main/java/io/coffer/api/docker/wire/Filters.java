package io.coffer.api.docker.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@code filters} parameter of a list: values by key, in the order they were sent, none twice.
 * Whether the keys mean anything is for the list to say.
 */
public record Filters(Map<String, List<String>> values) {
  public static final Filters NONE = new Filters(Map.of());

  public Filters {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Reads {@code {"key":{"value":true}}}, whose booleans say nothing, or {@code {"key":["value"]}}.
   * Empty text, {@code null} and an empty object are no filter.
   *
   * @throws DockerError 400 for anything else
   */
  public static Filters parse(String json) {
    if (json.isEmpty()) {
      return NONE;
    }
    byte[] text = json.getBytes(UTF_8);
    if (!isJson(text)) {
      throw SecretErrors.filterMalformed();
    }
    return FilterReader.Form.MAPS
        .read(text)
        .or(() -> FilterReader.Form.LISTS.read(text))
        .map(Filters::new)
        .orElseThrow(SecretErrors::filterMalformed);
  }

  private static boolean isJson(byte[] text) {
    try {
      return JsonSyntax.afterBlanks(text, JsonSyntax.end(text)) == text.length;
    } catch (DockerError syntax) {
      return false; // The engine does not tell which of its two attempts failed, nor why.
    }
  }

  /** Throws {@link DockerError} 400 for the first key that is not in {@code known}. */
  public void requireKeys(Set<String> known) {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw SecretErrors.filterUnknown(key);
      }
    }
  }

  /** The values of {@code key}; none if it was not sent. */
  public List<String> of(String key) {
    return values.getOrDefault(key, List.of());
  }
}
