package io.coffer.core.operation;

import io.coffer.Bytes;
import io.coffer.core.Call;
import io.coffer.core.Onces;
import java.time.Instant;

/**
 * A change that was asked for and is done. It keeps its answer as it was then.
 *
 * @param createdBy the subject's id
 * @param folderId of what it changed, empty for a cloud; of a group or a person's key its cloud
 * @param resourceId what it changed: a secret, a key, a folder, a cloud, an account, a group
 * @param versionId empty if no version is concerned
 * @param accountId of an account's key, its account; else empty
 * @param result what it answered with, as the package of what it changed encodes it
 */
public record Operation(
    String id,
    OperationKind kind,
    Instant createdAt,
    Instant modifiedAt,
    String createdBy,
    String folderId,
    String resourceId,
    String versionId,
    String accountId,
    Bytes result)
    implements Onces.Recorded {
  /** One that is on no key of an account. */
  public Operation(
      String id,
      OperationKind kind,
      Instant createdAt,
      Instant modifiedAt,
      String createdBy,
      String folderId,
      String resourceId,
      String versionId,
      Bytes result) {
    this(id, kind, createdAt, modifiedAt, createdBy, folderId, resourceId, versionId, "", result);
  }

  /** One on a key of an account, done as {@link #done} says. */
  public static Operation doneOnKey(
      String id,
      OperationKind kind,
      Call call,
      String folderId,
      String accountId,
      String keyId,
      Bytes result) {
    return new Operation(
        id,
        kind,
        call.at(),
        call.at(),
        call.caller().subject().id(),
        folderId,
        keyId,
        "",
        accountId,
        result);
  }

  /** One that {@code call} asked for and that is done by the time it is told of. */
  public static Operation done(
      String id,
      OperationKind kind,
      Call call,
      String folderId,
      String resourceId,
      String versionId,
      Bytes result) {
    return new Operation(
        id,
        kind,
        call.at(),
        call.at(),
        call.caller().subject().id(),
        folderId,
        resourceId,
        versionId,
        result);
  }
}
