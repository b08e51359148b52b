package io.coffer.core.workload;

import io.coffer.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gives the fields that are named the values that are here; others stay as they are. The issuer
 * cannot change: its subjects are other ones.
 *
 * @param jwksUrl there if it is named
 */
@SuppressWarnings(
    "OptionalUsedAsFieldOrParameterType") // There is none to make up for one not sent.
public record UpdateFederation(
    String federationId,
    Set<Field> fields,
    String name,
    String description,
    boolean disabled,
    List<String> audiences,
    Optional<JwksUrl> jwksUrl,
    SortedMap<String, String> labels) {
  /** What can change. */
  public enum Field {
    NAME,
    DESCRIPTION,
    DISABLED,
    AUDIENCES,
    JWKS_URL,
    LABELS
  }

  public UpdateFederation {
    fields = Set.copyOf(fields);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    audiences = fields.contains(Field.AUDIENCES) ? CreateFederation.sound(audiences) : List.of();
    if (fields.contains(Field.NAME) && name.isEmpty()) {
      throw new Problem.Invalid("name", "must be given").asException();
    }
    if (fields.contains(Field.JWKS_URL) != jwksUrl.isPresent()) {
      throw new AssertionError("the URL is there if it is named");
    }
  }

  Federation of(Federation federation) {
    return new Federation(
        federation.id(),
        federation.folderId(),
        one(Field.NAME, name, federation.name()),
        one(Field.DESCRIPTION, description, federation.description()),
        federation.createdAt(),
        one(Field.DISABLED, !disabled, federation.enabled()),
        one(Field.AUDIENCES, audiences, federation.audiences()),
        federation.issuer(),
        jwksUrl.map(JwksUrl::text).orElse(federation.jwksUrl()),
        one(Field.LABELS, labels, federation.labels()));
  }

  private <T> T one(Field field, T changed, T kept) {
    return fields.contains(field) ? changed : kept;
  }
}
