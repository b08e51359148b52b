package io.coffer.core.operation;

import io.coffer.Bytes;
import io.coffer.core.Call;
import io.coffer.core.Onces;
import java.time.Instant;

/**
 * A change that was asked for and is done. It keeps its answer as it was then.
 *
 * @param createdBy the subject's id
 * @param folderId of what it changed, empty for a cloud
 * @param resourceId what it changed: a secret, a key, a folder, a cloud
 * @param versionId empty if no version is concerned
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
    Bytes result)
    implements Onces.Recorded {
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
