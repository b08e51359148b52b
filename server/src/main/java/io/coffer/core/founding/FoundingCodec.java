package io.coffer.core.founding;

import coffer.stored.FoundingRow;
import com.google.protobuf.InvalidProtocolBufferException;
import io.coffer.Bytes;
import io.coffer.engine.EngineException;

/** The ids of what was there first, as stored. */
final class FoundingCodec {
  private FoundingCodec() {}

  record FoundingIds(String folderId, String dockerFolderId, String adminId) {}

  static Bytes encode(FoundingIds ids) {
    return Bytes.takeOver(
        FoundingRow.newBuilder()
            .setFolderId(ids.folderId())
            .setDockerFolderId(ids.dockerFolderId())
            .setAdminId(ids.adminId())
            .build()
            .toByteArray());
  }

  static FoundingIds decode(Bytes value) {
    try {
      FoundingRow row = FoundingRow.parseFrom(value.shared());
      return new FoundingIds(row.getFolderId(), row.getDockerFolderId(), row.getAdminId());
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("the founding row does not decode", e);
    }
  }
}
