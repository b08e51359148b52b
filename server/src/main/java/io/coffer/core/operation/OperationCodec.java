package io.coffer.core.operation;

import coffer.stored.OperationRow;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.coffer.Bytes;
import io.coffer.core.StoredTime;
import io.coffer.engine.EngineException;

/** Operations, as stored. */
final class OperationCodec {
  private OperationCodec() {}

  static Bytes encode(Operation operation) {
    OperationRow.Builder row =
        OperationRow.newBuilder()
            .setId(operation.id())
            .setKind(operation.kind().code())
            .setCreatedAt(StoredTime.of(operation.createdAt()))
            .setModifiedAt(StoredTime.of(operation.modifiedAt()))
            .setCreatedBy(operation.createdBy())
            .setFolderId(operation.folderId())
            .setResourceId(operation.resourceId())
            .setVersionId(operation.versionId())
            .setAccountId(operation.accountId())
            .setResult(UnsafeByteOperations.unsafeWrap(operation.result().shared()));
    return Bytes.takeOver(row.build().toByteArray());
  }

  static Operation decode(Bytes value) {
    try {
      OperationRow row = OperationRow.parseFrom(value.shared());
      return new Operation(
          row.getId(),
          OperationKind.of(row.getKind())
              .orElseThrow(() -> new EngineException.Corrupt("an operation of an unknown kind")),
          StoredTime.instant(row.getCreatedAt()),
          StoredTime.instant(row.getModifiedAt()),
          row.getCreatedBy(),
          row.getFolderId(),
          row.getResourceId(),
          row.getVersionId(),
          row.getAccountId(),
          Bytes.takeOver(row.getResult().toByteArray()));
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("an operation does not decode", e);
    }
  }
}
