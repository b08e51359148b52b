package io.coffer.core.secret;

import io.coffer.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which secrets of a folder a list shows. Terms joined by {@code AND}, all of which must hold:
 *
 * <pre>
 *   name = "db"               is called so
 *   name = "db-*"             begins with what is before the asterisk
 *   labels.team = "payments"  has the label, with this value
 *   status = "ACTIVE"         or "INACTIVE"
 * </pre>
 *
 * <p>In quotes, a backslash makes the next character stand for itself: {@code \"}, {@code \\},
 * {@code \*}.
 *
 * @param text as it was given, empty for all
 */
public record SecretFilter(String text, List<Term> terms) {
  public static final SecretFilter ALL = new SecretFilter("", List.of());

  static final int LENGTH_MAX = 1_000;
  static final int TERMS_MAX = 10;

  private static final Pattern TERM =
      Pattern.compile(
          "\\s*(?<field>name|status|labels\\.(?<label>[^\\s=\"]+))\\s*=\\s*"
              + "\"(?<value>(?:[^\"\\\\]|\\\\.)*+)\"\\s*",
          Pattern.DOTALL);
  private static final Pattern AND = Pattern.compile("AND(?=\\s)");
  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)", Pattern.DOTALL);

  public SecretFilter {
    terms = List.copyOf(terms);
  }

  /** One condition. */
  sealed interface Term {
    record Named(String name) implements Term {}

    record NameBegins(String prefix) implements Term {}

    record Labelled(String key, String value) implements Term {}

    record InStatus(Secret.Status status) implements Term {}
  }

  /** Throws {@link Problem.Invalid} if {@code text} is none; empty is {@link #ALL}. */
  public static SecretFilter parse(String text) {
    if (text.isEmpty()) {
      return ALL;
    }
    if (text.length() > LENGTH_MAX) {
      throw new Problem.Invalid("filter", "must be at most 1000 characters").asException();
    }
    List<Term> terms = new ArrayList<>();
    Matcher term = TERM.matcher(text);
    Matcher and = AND.matcher(text);
    int at = 0;
    do {
      if (terms.size() == TERMS_MAX) {
        throw new Problem.Invalid("filter", "must have at most 10 terms").asException();
      }
      if (!term.region(at, text.length()).lookingAt()) {
        throw malformed();
      }
      terms.add(term(term));
      at = term.end();
      if (at == text.length()) {
        return new SecretFilter(text, terms);
      }
      boolean joined = and.region(at, text.length()).lookingAt();
      if (!joined) {
        throw malformed();
      }
      at = and.end();
    } while (true);
  }

  private static Term term(Matcher term) {
    String value = term.group("value");
    String label = term.group("label");
    if (label != null) {
      return new Term.Labelled(label, unescaped(value));
    }
    if (term.group("field").equals("name")) {
      return isPrefix(value)
          ? new Term.NameBegins(unescaped(value.substring(0, value.length() - 1)))
          : new Term.Named(unescaped(value));
    }
    return new Term.InStatus(
        switch (value) {
          case "ACTIVE" -> Secret.Status.ACTIVE;
          case "INACTIVE" -> Secret.Status.INACTIVE;
          default ->
              throw new Problem.Invalid("filter", "status must be \"ACTIVE\" or \"INACTIVE\"")
                  .asException();
        });
  }

  /** Whether it ends with an asterisk that no backslash takes the meaning from. */
  private static boolean isPrefix(String value) {
    return value.replaceAll("(?s)\\\\.", "").endsWith("*") && value.endsWith("*");
  }

  private static String unescaped(String value) {
    return ESCAPED.matcher(value).replaceAll(found -> Matcher.quoteReplacement(found.group(1)));
  }

  private static RuntimeException malformed() {
    return new Problem.Invalid(
            "filter",
            "must be terms joined by AND, each of them name = \"...\", name = \"...*\", "
                + "labels.KEY = \"...\" or status = \"...\"")
        .asException();
  }

  boolean shows(Secret secret) {
    return terms.stream().allMatch(term -> holds(term, secret));
  }

  private static boolean holds(Term term, Secret secret) {
    return switch (term) {
      case Term.Named(var name) -> secret.name().equals(name);
      case Term.NameBegins(var prefix) -> secret.name().startsWith(prefix);
      case Term.Labelled(var key, var value) -> value.equals(secret.labels().get(key));
      case Term.InStatus(var status) -> secret.status() == status;
    };
  }
}
