package io.coffer.core.workload;

import io.coffer.Problem;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes a federation. */
public record CreateFederation(
    String folderId,
    String name,
    String description,
    boolean disabled,
    List<String> audiences,
    String issuer,
    JwksUrl jwksUrl,
    SortedMap<String, String> labels) {
  static final int AUDIENCES_MAX = 100;

  public CreateFederation {
    audiences = sound(audiences);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    requireText("issuer", issuer);
  }

  static List<String> sound(List<String> audiences) {
    if (audiences.isEmpty() || audiences.size() > AUDIENCES_MAX) {
      throw new Problem.Invalid("audiences", "must be 1 to 100").asException();
    }
    audiences.forEach(audience -> requireText("audiences", audience));
    return List.copyOf(audiences);
  }

  /** It goes into records of the trail, and into what an administrator reads. */
  private static void requireText(String field, String text) {
    if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
      throw new Problem.Invalid(field, "must be text without control characters").asException();
    }
  }
}
