package io.coffer.conformance.lockbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.coffer.conformance.cases.Mismatch;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The variables of one run of a case: those saved from answers, those of the environment, and
 * random ones that keep their value for the run.
 */
final class Variables {
  private static final Pattern WORD =
      Pattern.compile("\\{(var|env|uuid|repeat):([^{}]*)\\}|\\{rand\\}");
  private static final int RANDOM_DIGITS = 10;

  private final Map<String, String> environment;
  private final Map<String, JsonNode> saved = new HashMap<>();
  private final Map<String, String> uuids = new HashMap<>();
  private final String random =
      UUID.randomUUID().toString().replace("-", "").substring(0, RANDOM_DIGITS);

  Variables(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  void save(String name, JsonNode value) {
    saved.put(name, value);
  }

  /** {@code template} with its words replaced; throws {@link Mismatch} for one without a value. */
  String fill(String template) {
    return WORD.matcher(template)
        .replaceAll(word ->
            java.util.regex.Matcher.quoteReplacement(
                word.group(1) == null ? random : word(word.group(1), word.group(2))));
  }

  /** {@code template} with something in the place of each of its words. */
  static String blank(String template) {
    return WORD.matcher(template).replaceAll("x");
  }

  /** {@code template} with every text and member name in it filled. */
  JsonNode fill(JsonNode template) {
    if (template.isTextual()) {
      return TextNode.valueOf(fill(template.textValue()));
    }
    if (template.isArray()) {
      ArrayNode filled = JsonNodeFactory.instance.arrayNode();
      template.forEach(element -> filled.add(fill(element)));
      return filled;
    }
    if (template.isObject()) {
      ObjectNode filled = JsonNodeFactory.instance.objectNode();
      template
          .properties()
          .forEach(member -> filled.set(fill(member.getKey()), fill(member.getValue())));
      return filled;
    }
    return template;
  }

  private String word(String kind, String argument) {
    return switch (kind) {
      case "var" -> {
        JsonNode value = saved.get(argument);
        if (value == null) {
          throw new Mismatch("variable " + argument + " was not saved");
        }
        yield value.asText();
      }
      case "env" -> {
        String value = environment.get(argument);
        if (value == null) {
          throw new Mismatch("environment " + argument + " is not set");
        }
        yield value;
      }
      case "uuid" -> uuids.computeIfAbsent(argument, _ -> UUID.randomUUID().toString());
      case "repeat" -> {
        int colon = argument.lastIndexOf(':');
        yield argument.substring(0, colon).repeat(Integer.parseInt(argument.substring(colon + 1)));
      }
      default -> throw new AssertionError(kind);
    };
  }
}
