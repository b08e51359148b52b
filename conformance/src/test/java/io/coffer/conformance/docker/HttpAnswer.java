package io.coffer.conformance.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.coffer.conformance.cases.Json;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP answer: the last value of each header by lower-case name, the body without its framing,
 * and whether the connection ends with it.
 */
public record HttpAnswer(int status, Map<String, String> headers, String text, boolean last) {
  static HttpAnswer of(int status, Map<String, String> headers, byte[] body, boolean last) {
    return new HttpAnswer(status, Map.copyOf(headers), new String(body, UTF_8), last);
  }

  /** The value of a header by its name in any case, or null. */
  @Nullable JsonNode header(String name) {
    String value = headers.get(name.toLowerCase(Locale.ROOT));
    return value == null ? null : TextNode.valueOf(value);
  }

  JsonNode bodyNode() {
    return TextNode.valueOf(text);
  }

  /** The body as JSON; throws {@link io.coffer.conformance.cases.Mismatch} if it is not. */
  public JsonNode json() {
    return Json.parse(text);
  }
}
