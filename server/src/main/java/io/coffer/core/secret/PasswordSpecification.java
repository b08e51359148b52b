package io.coffer.core.secret;

import io.coffer.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How to generate a password. Rules and names are those of Lockbox's {@code
 * PasswordPayloadSpecification}; one that cannot be met does not exist.
 *
 * @param key the payload entry the password becomes
 * @param length 1 to 256 characters, or 0 for {@link #LENGTH_DEFAULT}
 * @param uppercase each class: absent means true, and true means at least one character of it
 * @param includedPunctuation if not empty, the only punctuation to use
 * @param excludedPunctuation punctuation not to use
 */
public record PasswordSpecification(
    String key,
    long length,
    Optional<Boolean> uppercase,
    Optional<Boolean> lowercase,
    Optional<Boolean> digits,
    Optional<Boolean> punctuation,
    String includedPunctuation,
    String excludedPunctuation) {
  public static final int LENGTH_MAX = 256;
  public static final int LENGTH_DEFAULT = 36;
  static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  private static final String FIELD = "password_payload_specification.";

  public PasswordSpecification {
    if (length < 0 || length > LENGTH_MAX) {
      throw new Problem.Invalid(FIELD + "length", "must be 0 to 256").asException();
    }
    if (!includedPunctuation.isEmpty() && !excludedPunctuation.isEmpty()) {
      throw new Problem.Invalid(
              FIELD + "included_punctuation", "must not be given with excluded_punctuation")
          .asException();
    }
    if (!punctuation.orElse(true) && !(includedPunctuation + excludedPunctuation).isEmpty()) {
      throw new Problem.Invalid(
              FIELD + "include_punctuation", "must be true if punctuation is chosen")
          .asException();
    }
    requirePunctuation("included_punctuation", includedPunctuation);
    requirePunctuation("excluded_punctuation", excludedPunctuation);
    List<String> classes =
        classes(
            uppercase, lowercase, digits, punctuation, includedPunctuation, excludedPunctuation);
    if (classes.isEmpty()) {
      throw new Problem.Invalid(FIELD + "include_lowercase", "must leave a class of characters")
          .asException();
    }
    if (classes.contains("")) {
      throw new Problem.Invalid(FIELD + "excluded_punctuation", "must leave a character")
          .asException();
    }
    if (length != 0 && length < classes.size()) {
      throw new Problem.Invalid(
              FIELD + "length", "must have room for one character of each included class")
          .asException();
    }
  }

  /** Characters to generate. */
  int effectiveLength() {
    return length == 0 ? LENGTH_DEFAULT : (int) length;
  }

  /** The included classes, each as the characters it may give. */
  List<String> classes() {
    return classes(
        uppercase, lowercase, digits, punctuation, includedPunctuation, excludedPunctuation);
  }

  private static List<String> classes(
      Optional<Boolean> uppercase,
      Optional<Boolean> lowercase,
      Optional<Boolean> digits,
      Optional<Boolean> punctuation,
      String included,
      String excluded) {
    List<String> classes = new ArrayList<>();
    if (uppercase.orElse(true)) {
      classes.add("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    }
    if (lowercase.orElse(true)) {
      classes.add("abcdefghijklmnopqrstuvwxyz");
    }
    if (digits.orElse(true)) {
      classes.add("0123456789");
    }
    if (punctuation.orElse(true)) {
      StringBuilder allowed = new StringBuilder();
      for (int i = 0; i < PUNCTUATION.length(); i++) {
        char c = PUNCTUATION.charAt(i);
        if ((included.isEmpty() || included.indexOf(c) >= 0) && excluded.indexOf(c) < 0) {
          allowed.append(c);
        }
      }
      classes.add(allowed.toString());
    }
    return classes;
  }

  private static void requirePunctuation(String field, String characters) {
    for (int i = 0; i < characters.length(); i++) {
      if (PUNCTUATION.indexOf(characters.charAt(i)) < 0) {
        throw new Problem.Invalid(FIELD + field, "must hold ASCII punctuation only").asException();
      }
    }
  }
}
