package io.coffer.conformance.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands in {@code <<…>>} in a transcript, with the ids seen so far in this session. */
final class Placeholder {
  static final Pattern FORM = Pattern.compile("<<([^<>]+)>>");

  private static final String ID = "[0-9a-z]{25}";
  private static final Pattern BLANKS = Pattern.compile(" {2,}");

  private final Map<String, String> ids = new HashMap<>();

  /** Whether {@code text} has the given form; ids that appear for the first time are kept. */
  boolean matches(String form, String text) {
    List<String> captured = new ArrayList<>();
    Matcher matcher = Pattern.compile(regex(form, captured)).matcher(text);
    if (!matcher.matches()) {
      return false;
    }
    for (int i = 0; i < captured.size(); i++) {
      ids.put(captured.get(i), matcher.group(i + 1));
    }
    return true;
  }

  /** {@code word} with known ids, or their beginnings, put in. */
  String fill(String word) {
    return FORM.matcher(word)
        .replaceAll(found -> Matcher.quoteReplacement(known(found.group(1).split(" ", -1))));
  }

  private String regex(String form, List<String> captured) {
    StringBuilder regex = new StringBuilder();
    Matcher placeholder = FORM.matcher(form);
    int end = 0;
    while (placeholder.find()) {
      regex.append(literal(form.substring(end, placeholder.start())));
      regex.append(regex(placeholder.group(1).split(" ", -1), captured));
      end = placeholder.end();
    }
    return regex.append(literal(form.substring(end))).toString();
  }

  private static String literal(String text) {
    return Stream.of(BLANKS.splitWithDelimiters(text, 0))
        .map(part -> BLANKS.matcher(part).matches() ? " {2,}" : Pattern.quote(part))
        .collect(Collectors.joining());
  }

  private String regex(String[] words, List<String> captured) {
    return switch (words[0]) {
      case "id" -> {
        if (ids.containsKey(words[1]) || words.length > 2) {
          yield known(words);
        }
        int earlier = captured.indexOf(words[1]);
        if (earlier >= 0) {
          yield "\\" + (earlier + 1);
        }
        captured.add(words[1]);
        yield "(" + ID + ")";
      }
      case "time" -> "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{0,8}[1-9])?Z?";
      case "nanos" -> "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z";
      case "ago" -> "(?:(?:Less than a|\\d+) seconds?|About a minute) ago";
      case "index" -> "[1-9]\\d*";
      case "word" -> "\\S+";
      case "any-order" -> anyOrder(List.of(words[1].split(",", -1)));
      default -> throw new AssertionError("unknown placeholder " + words[0]);
    };
  }

  /** As many items as there are, each one of them; an item twice in place of another passes. */
  private static String anyOrder(List<String> items) {
    String item = items.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")"));
    return item + ("," + item).repeat(items.size() - 1);
  }

  private String known(String[] words) {
    String id = words[0].equals("id") ? ids.get(words[1]) : null;
    if (id == null) {
      throw new AssertionError("no id is known of " + String.join(" ", words));
    }
    return words.length > 2 ? id.substring(0, Integer.parseInt(words[2])) : id;
  }
}
