package io.coffer.core.folder;

import coffer.stored.CloudRow;
import coffer.stored.FolderRow;
import com.google.protobuf.InvalidProtocolBufferException;
import io.coffer.Bytes;
import io.coffer.core.StoredTime;
import io.coffer.engine.EngineException;

/** Clouds and folders, as stored. */
final class FolderCodec {
  private FolderCodec() {}

  static Bytes encode(Cloud cloud) {
    return Bytes.takeOver(
        CloudRow.newBuilder()
            .setId(cloud.id())
            .setName(cloud.name())
            .setCreatedAt(StoredTime.of(cloud.createdAt()))
            .build()
            .toByteArray());
  }

  static Bytes encode(Folder folder) {
    return Bytes.takeOver(
        FolderRow.newBuilder()
            .setId(folder.id())
            .setCloudId(folder.cloudId())
            .setName(folder.name())
            .setCreatedAt(StoredTime.of(folder.createdAt()))
            .setDockerNames(folder.names() == Folder.Names.DOCKER)
            .build()
            .toByteArray());
  }

  static Cloud cloud(Bytes value) {
    try {
      CloudRow row = CloudRow.parseFrom(value.shared());
      return new Cloud(row.getId(), row.getName(), StoredTime.instant(row.getCreatedAt()));
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("a cloud does not decode", e);
    }
  }

  static Folder folder(Bytes value) {
    try {
      FolderRow row = FolderRow.parseFrom(value.shared());
      return new Folder(
          row.getId(),
          row.getCloudId(),
          row.getName(),
          StoredTime.instant(row.getCreatedAt()),
          row.getDockerNames() ? Folder.Names.DOCKER : Folder.Names.FREE);
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("a folder does not decode", e);
    }
  }
}
