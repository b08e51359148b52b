package io.coffer.core.iam;

import io.coffer.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * Which subjects of an issuer are meant: one, as it is written, or those of a form.
 *
 * <pre>
 *   repo:acme/app:ref:refs/heads/main     this one
 *   repo:acme/app:ref:refs/heads/v*       * within a step: one character or more, no : and no /
 *   repo:acme/*:ref:refs/heads/main
 *   repo:acme/app:ref:refs/heads/*        * as the last step, after a /: whatever holds no :
 *   system:serviceaccount:shop:*          * as the last step, after a :: whatever follows
 * </pre>
 *
 * <p>Steps end with {@code :} or {@code /}. A step holds one {@code *} at most, and two steps stand
 * whole before the first one: at an issuer that serves everybody the first step says only of what
 * kind a subject is, and the second whose.
 */
public record SubjectRule(String text) {
  public static final int LENGTH_MAX = 1_000;

  /** Before the first {@code *}, and not empty. */
  private static final int WHOLE_STEPS_MIN = 2;

  private static final char ANY = '*';

  public SubjectRule {
    if (text.isBlank() || text.length() > LENGTH_MAX) {
      throw new Problem.Invalid("external_subject_id", "must have 1 to 1000 characters")
          .asException();
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new Problem.Invalid("external_subject_id", "must have no control characters")
          .asException();
    }
    if (text.indexOf(ANY) >= 0) {
      requireNarrow(steps(text));
    }
  }

  private static void requireNarrow(List<String> steps) {
    int whole = 0;
    boolean any = false;
    for (int i = 0; i < steps.size(); i += 2) {
      String step = steps.get(i);
      if (step.indexOf(ANY) != step.lastIndexOf(ANY)) {
        throw new Problem.Invalid(
                "external_subject_id", "must have no more than one * between two of : and /")
            .asException();
      }
      any |= step.indexOf(ANY) >= 0;
      whole += any || step.isEmpty() ? 0 : 1;
    }
    if (whole < WHOLE_STEPS_MIN) {
      throw new Problem.Invalid(
              "external_subject_id", "must say two steps that end with : or / before the first *")
          .asException();
    }
  }

  /** Whether {@code subject} is one of those meant. */
  public boolean matches(String subject) {
    if (text.indexOf(ANY) < 0) {
      return text.equals(subject);
    }
    if (subject.length() > LENGTH_MAX) {
      return false;
    }
    List<String> rule = steps(text);
    List<String> sent = steps(subject);
    int last = rule.size() - 1;
    for (int i = 0; i < last; i++) {
      if (i >= sent.size() || !fits(rule.get(i), sent.get(i))) {
        return false;
      }
    }
    if (sent.size() <= last) {
      return false;
    }
    String rest = String.join("", sent.subList(last, sent.size()));
    if (rule.get(last).equals(String.valueOf(ANY))) {
      return !rest.isEmpty() && (rule.get(last - 1).equals(":") || rest.indexOf(':') < 0);
    }
    return sent.size() == rule.size() && fits(rule.get(last), rest);
  }

  private static boolean fits(String rule, String sent) {
    int any = rule.indexOf(ANY);
    return any < 0
        ? rule.equals(sent)
        : sent.length() >= rule.length()
            && sent.startsWith(rule.substring(0, any))
            && sent.endsWith(rule.substring(any + 1));
  }

  /** Steps, and between two the character that parts them. */
  private static List<String> steps(String text) {
    List<String> steps = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == ':' || text.charAt(i) == '/') {
        steps.add(text.substring(start, i));
        steps.add(text.substring(i, i + 1));
        start = i + 1;
      }
    }
    steps.add(text.substring(start));
    return steps;
  }
}
