package io.coffer.core.iam;

import io.coffer.Bytes;
import io.coffer.core.Subject;
import java.time.Instant;

/**
 * That subjects of a federation may be an account.
 *
 * @param externalSubjectId a {@link SubjectRule}
 */
public record FederatedCredential(
    String id,
    String serviceAccountId,
    String federationId,
    String externalSubjectId,
    Instant createdAt)
    implements AccountKey {
  @Override
  public Subject account() {
    return new Subject(Subject.Type.SERVICE_ACCOUNT, serviceAccountId);
  }

  /** Whether the issuer's {@code sub} is one that it speaks of. */
  public boolean isFor(String subject) {
    return new SubjectRule(externalSubjectId).matches(subject);
  }

  /** As an operation on it keeps it. */
  public static FederatedCredential decode(Bytes result) {
    return AccountCodec.credential(result);
  }
}
