package io.coffer.conformance.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.conformance.cases.Json;
import io.coffer.conformance.cases.Mismatch;
import java.util.regex.Pattern;

/** The words a text may stand for: <code>{uint}</code>, <code>{re:…}</code>, or itself. */
final class TextMatcher {
  private static final Pattern WORD =
      Pattern.compile("\\{([a-z0-9]+)(?::(.*))?\\}", Pattern.DOTALL);
  private static final Pattern ID = Pattern.compile("[0-9a-z]{25}");
  private static final Pattern TIMESTAMP =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{0,8}[1-9])?Z");
  private static final Pattern HTTP_DATE =
      Pattern.compile(
          "(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d"
              + " (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
  private static final int NANO_DIGITS = 9;

  private final Variables variables;

  TextMatcher(Variables variables) {
    this.variables = variables;
  }

  void match(String expected, JsonNode got, String path) {
    java.util.regex.Matcher word = WORD.matcher(expected);
    if (word.matches()) {
      String argument = word.group(2);
      if (!fits(word.group(1), argument == null ? "" : argument, got)) {
        throw new Mismatch("%s: %s is not %s".formatted(path, Mismatch.quote(got), expected));
      }
      return;
    }
    String filled = variables.fill(expected);
    if (!isText(got, filled)) {
      throw new Mismatch(
          "%s: expected \"%s\", got %s"
              .formatted(path, Mismatch.quote(filled), Mismatch.quote(got)));
    }
  }

  private boolean fits(String word, String argument, JsonNode got) {
    return switch (word) {
      case "any" -> true;
      case "string" -> got.isTextual();
      case "bool" -> got.isBoolean();
      case "array" -> got.isArray();
      case "object" -> got.isObject();
      case "uint" -> got.isIntegralNumber() && got.bigIntegerValue().signum() > 0;
      case "id25" -> isLike(ID, got);
      case "rfc3339nano" -> isLike(TIMESTAMP, got);
      case "httpdate" -> isLike(HTTP_DATE, got);
      case "var" -> Json.same(variables.value(argument), got);
      case "notvar" -> !Json.same(variables.value(argument), got);
      case "gt" -> isGreater(got, variables.value(argument));
      case "re" -> isLike(Pattern.compile(variables.fill(argument), Pattern.DOTALL), got);
      case "lit" -> isText(got, variables.fill(argument));
      default -> throw new Mismatch("unknown matcher {" + word + "}");
    };
  }

  private static boolean isText(JsonNode got, String text) {
    return got.isTextual() && got.textValue().equals(text);
  }

  private static boolean isLike(Pattern pattern, JsonNode got) {
    return got.isTextual() && pattern.matcher(got.textValue()).matches();
  }

  private static boolean isGreater(JsonNode got, JsonNode saved) {
    if (got.isTextual() && saved.isTextual()) {
      return sortable(got.textValue()).compareTo(sortable(saved.textValue())) > 0;
    }
    return got.isIntegralNumber()
        && saved.isIntegralNumber()
        && got.bigIntegerValue().compareTo(saved.bigIntegerValue()) > 0;
  }

  /** A time stamp with all its digits, so that texts sort as times do. */
  private static String sortable(String timestamp) {
    if (!TIMESTAMP.matcher(timestamp).matches()) {
      throw new Mismatch("not a time stamp: " + timestamp);
    }
    String bare = timestamp.substring(0, timestamp.length() - 1);
    int dot = bare.indexOf('.');
    String fraction = dot < 0 ? "" : bare.substring(dot + 1);
    return (dot < 0 ? bare : bare.substring(0, dot))
        + "."
        + fraction
        + "0".repeat(NANO_DIGITS - fraction.length());
  }
}
