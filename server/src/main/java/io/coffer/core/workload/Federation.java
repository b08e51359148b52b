package io.coffer.core.workload;

import io.coffer.Bytes;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An issuer of OIDC tokens and where its keys are.
 *
 * @param enabled whether its tokens are taken
 * @param audiences one of which a token must be meant for
 * @param issuer as tokens name it in {@code iss}, character by character
 * @param jwksUrl as {@link JwksUrl} reads it
 */
public record Federation(
    String id,
    String folderId,
    String name,
    String description,
    Instant createdAt,
    boolean enabled,
    List<String> audiences,
    String issuer,
    String jwksUrl,
    SortedMap<String, String> labels) {
  public Federation {
    audiences = List.copyOf(audiences);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** As an operation on it keeps it. */
  public static Federation decode(Bytes result) {
    return FederationCodec.decode(result);
  }
}
