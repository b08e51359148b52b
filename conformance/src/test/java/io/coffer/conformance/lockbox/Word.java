package io.coffer.conformance.lockbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.cases.Mismatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A whole text that stands for a kind of value: <code>{name}</code> or <code>{name:argument}</code>
 * .
 */
record Word(String name, String argument) {
  private static final Pattern FORM =
      Pattern.compile(
          "\\{(any|absent|empty|string|nonempty|int|bool|b64|id20|rfc3339|rfc3339ms|absent_or:.*"
              + "|re:.*|oneof:.*|not:.*|len:\\d+|rfc3339_in:\\d+:\\d+)\\}",
          Pattern.DOTALL);
  private static final Pattern TIMESTAMP =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");
  private static final Pattern MILLISECONDS =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3}|\\.\\d{3}0{0,6})?Z");
  private static final Pattern BASE64 =
      Pattern.compile("(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]{19}");

  static boolean isWord(String text) {
    return FORM.matcher(text).matches();
  }

  static Word of(String text) {
    String inner = text.substring(1, text.length() - 1);
    int colon = inner.indexOf(':');
    return colon < 0
        ? new Word(inner, "")
        : new Word(inner.substring(0, colon), inner.substring(colon + 1));
  }

  void match(JsonNode got, String where, Variables variables) {
    if (!fits(got, variables)) {
      String place = where.isEmpty() ? "/" : where;
      String found = got.isMissingNode() ? "nothing" : Mismatch.quote(got);
      throw new Mismatch("%s: %s is not {%s:%s}".formatted(place, found, name, argument));
    }
  }

  private boolean fits(JsonNode got, Variables variables) {
    boolean nothing = got.isMissingNode() || got.isNull();
    return switch (name) {
      case "absent" -> nothing;
      case "empty" -> nothing || isEmpty(got);
      case "absent_or" -> nothing || isText(got, variables.fill(argument));
      case "any" -> !got.isMissingNode();
      case "not" -> !got.isMissingNode() && !isText(got, variables.fill(argument));
      case "bool" -> got.isBoolean();
      case "int" -> got.isIntegralNumber();
      case "oneof" ->
          got.isValueNode()
              && List.of(variables.fill(argument).split("\\|", -1)).contains(got.asText());
      default -> got.isTextual() && fits(got.textValue());
    };
  }

  private boolean fits(String got) {
    return switch (name) {
      case "string" -> true;
      case "nonempty" -> !got.isEmpty();
      case "id20" -> ID.matcher(got).matches();
      case "rfc3339" -> TIMESTAMP.matcher(got).matches();
      case "rfc3339ms" -> MILLISECONDS.matcher(got).matches();
      case "rfc3339_in" -> isSoon(got);
      case "b64" -> BASE64.matcher(got).matches();
      case "len" -> got.codePointCount(0, got.length()) == Integer.parseInt(argument);
      case "re" -> Pattern.compile(argument).matcher(got).find();
      default -> throw new AssertionError(name);
    };
  }

  private static boolean isEmpty(JsonNode got) {
    return got.isContainerNode() ? got.isEmpty() : isText(got, "");
  }

  private static boolean isText(JsonNode got, String text) {
    return got.isTextual() && got.textValue().equals(text);
  }

  /** Whether the time is so many seconds from now, give or take. */
  private boolean isSoon(String got) {
    if (!TIMESTAMP.matcher(got).matches()) {
      return false;
    }
    List<String> numbers = List.of(argument.split(":", -1));
    Duration off =
        Duration.between(
            Instant.now().plusSeconds(Long.parseLong(numbers.getFirst())), Instant.parse(got));
    return off.abs().compareTo(Duration.ofSeconds(Long.parseLong(numbers.getLast()))) <= 0;
  }
}
