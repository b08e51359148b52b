package io.coffer.api.rpc;

import io.coffer.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filter of a list, of which names are the only field: {@code name = "docker"}. */
public final class NameFilter {
  private static final Pattern FORM =
      Pattern.compile("\\s*name\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')\\s*");

  private NameFilter() {}

  public static Optional<String> parse(String filter) {
    if (filter.isBlank()) {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(filter);
    if (!form.matches()) {
      throw new Problem.Invalid("filter", "must be name = \"…\"").asException();
    }
    return Optional.of(form.group(1) == null ? form.group(2) : form.group(1));
  }
}
