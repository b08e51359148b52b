package io.coffer.core.iam;

import io.coffer.core.Subject;
import java.time.Instant;

/** An identity for a program. */
public record ServiceAccount(
    String id, String folderId, String name, String description, Instant createdAt) {
  public Subject subject() {
    return new Subject(Subject.Type.SERVICE_ACCOUNT, id);
  }
}
