package io.coffer.conformance.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.coffer.conformance.cases.Mismatch;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The variables of one run of a case, and the words in <code>${…}</code> that stand for them or are
 * computed from them.
 */
final class Variables {
  private static final Pattern INNERMOST = Pattern.compile("\\$\\{([^${}]+)\\}");

  private final Map<String, JsonNode> values;

  Variables() {
    this(Map.of());
  }

  private Variables(Map<String, JsonNode> values) {
    this.values = new HashMap<>(values);
  }

  Variables copy() {
    return new Variables(values);
  }

  void set(String name, JsonNode value) {
    values.put(name, value);
  }

  void set(String name, String value) {
    set(name, TextNode.valueOf(value));
  }

  void set(String name, int value) {
    set(name, IntNode.valueOf(value));
  }

  /** Throws {@link Mismatch} if the variable was never set. */
  JsonNode value(String name) {
    JsonNode value = values.get(name);
    if (value == null) {
      throw new Mismatch("unknown variable " + name);
    }
    return value;
  }

  private String text(String name) {
    return value(name).asText();
  }

  /** {@code template} with every word replaced, innermost first, until none is left. */
  String fill(String template) {
    String before;
    String after = template;
    do {
      before = after;
      after =
          INNERMOST
              .matcher(before)
              .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(word(found.group(1))));
    } while (!after.equals(before));
    return after;
  }

  private String word(String word) {
    int colon = word.indexOf(':');
    if (colon < 0) {
      return text(word);
    }
    String rest = word.substring(colon + 1);
    return switch (word.substring(0, colon)) {
      case "rep" -> repeated(rest);
      case "b64" -> base64(rest);
      case "b64rep" -> base64(repeated(rest));
      case "url" ->
          URLEncoder.encode(text(rest), UTF_8)
              .replace("+", "%20")
              .replace("*", "%2A")
              .replace("%7E", "~");
      case "upper" -> text(rest).toUpperCase(Locale.ROOT);
      case "cut" -> cut(rest);
      default -> text(word);
    };
  }

  private static String repeated(String textAndCount) {
    List<String> parts = two(textAndCount);
    return parts.getFirst().repeat(Integer.parseInt(parts.getLast()));
  }

  private String cut(String lengthAndName) {
    List<String> parts = two(lengthAndName);
    String whole = text(parts.getLast());
    return whole.substring(0, Math.min(whole.length(), Integer.parseInt(parts.getFirst())));
  }

  private static List<String> two(String text) {
    List<String> parts = List.of(text.split(":", -1));
    if (parts.size() != 2) {
      throw new Mismatch("not of the form A:B: " + text);
    }
    return parts;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
