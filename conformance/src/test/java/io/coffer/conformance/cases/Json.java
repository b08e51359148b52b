package io.coffer.conformance.cases;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** JSON, read strictly: one value, nothing after it, no member twice. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private Json() {}

  /** Throws {@link Mismatch} if {@code text} is not one JSON value. */
  public static JsonNode parse(String text) {
    JsonNode parsed;
    try {
      parsed = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new Mismatch("not JSON: " + Mismatch.quote(text), e);
    }
    if (parsed.isMissingNode()) {
      throw new Mismatch("not JSON: empty");
    }
    return parsed;
  }

  /** Whether the two are the same value of the same type; 1 is 1 however it is held. */
  public static boolean same(JsonNode one, JsonNode other) {
    if (one.isIntegralNumber() && other.isIntegralNumber()) {
      return one.bigIntegerValue().equals(other.bigIntegerValue());
    }
    if (one.isFloatingPointNumber() && other.isFloatingPointNumber()) {
      return one.decimalValue().compareTo(other.decimalValue()) == 0;
    }
    if (one.isArray() && other.isArray() && one.size() == other.size()) {
      for (int i = 0; i < one.size(); i++) {
        if (!same(one.get(i), other.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (one.isObject() && other.isObject() && one.size() == other.size()) {
      return one.properties().stream()
          .allMatch(member ->
              other.has(member.getKey()) && same(member.getValue(), other.get(member.getKey())));
    }
    return one.equals(other);
  }
}
