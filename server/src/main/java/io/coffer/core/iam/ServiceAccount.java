package io.coffer.core.iam;

import io.coffer.Bytes;
import io.coffer.core.Subject;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An identity for a program.
 *
 * @param expiresAt from when on its credentials are refused, if ever
 */
public record ServiceAccount(
    String id,
    String folderId,
    String name,
    String description,
    Instant createdAt,
    SortedMap<String, String> labels,
    Optional<Instant> expiresAt,
    Status status)
    implements Account {
  public ServiceAccount {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** One that is active and stays so. */
  public ServiceAccount(
      String id, String folderId, String name, String description, Instant createdAt) {
    this(
        id,
        folderId,
        name,
        description,
        createdAt,
        new TreeMap<>(),
        Optional.empty(),
        new Status.Active());
  }

  /** Whether its credentials are taken. */
  public sealed interface Status {
    record Active() implements Status {}

    /**
     * They are not, for a while.
     *
     * @param reason in the words of who suspended it
     * @param until if it ends by itself
     */
    record Suspended(String reason, Optional<Instant> until) implements Status {}
  }

  @Override
  public boolean standsAt(Instant now) {
    return !isSuspendedAt(now) && expiresAt.map(now::isBefore).orElse(true);
  }

  public boolean isSuspendedAt(Instant now) {
    return switch (status) {
      case Status.Active() -> false;
      case Status.Suspended(var _, var until) -> until.map(now::isBefore).orElse(true);
    };
  }

  @Override
  public Subject subject() {
    return new Subject(Subject.Type.SERVICE_ACCOUNT, id);
  }

  ServiceAccount with(Status changed) {
    return new ServiceAccount(
        id, folderId, name, description, createdAt, labels, expiresAt, changed);
  }

  /** As an operation on it keeps it. */
  public static ServiceAccount decode(Bytes result) {
    return AccountCodec.account(result);
  }
}
