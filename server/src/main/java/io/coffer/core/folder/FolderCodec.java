package io.coffer.core.folder;

import coffer.stored.CloudRow;
import coffer.stored.FolderRow;
import coffer.stored.LabelRow;
import com.google.protobuf.InvalidProtocolBufferException;
import io.coffer.Bytes;
import io.coffer.core.StoredTime;
import io.coffer.engine.EngineException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Clouds and folders, as stored. */
final class FolderCodec {
  private FolderCodec() {}

  static Bytes encode(Cloud cloud) {
    return Bytes.takeOver(
        CloudRow.newBuilder()
            .setId(cloud.id())
            .setName(cloud.name())
            .setCreatedAt(StoredTime.of(cloud.createdAt()))
            .setDescription(cloud.profile().description())
            .addAllLabels(rows(cloud.profile().labels()))
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
            .setDescription(folder.profile().description())
            .addAllLabels(rows(folder.profile().labels()))
            .build()
            .toByteArray());
  }

  private static List<LabelRow> rows(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(label ->
            LabelRow.newBuilder().setKey(label.getKey()).setValue(label.getValue()).build())
        .toList();
  }

  static Cloud cloud(Bytes value) {
    try {
      CloudRow row = CloudRow.parseFrom(value.shared());
      return new Cloud(
          row.getId(),
          new Profile(row.getName(), row.getDescription(), labels(row.getLabelsList())),
          StoredTime.instant(row.getCreatedAt()));
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
          new Profile(row.getName(), row.getDescription(), labels(row.getLabelsList())),
          StoredTime.instant(row.getCreatedAt()),
          row.getDockerNames() ? Folder.Names.DOCKER : Folder.Names.FREE);
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("a folder does not decode", e);
    }
  }

  private static SortedMap<String, String> labels(List<LabelRow> rows) {
    SortedMap<String, String> labels = new TreeMap<>();
    rows.forEach(label -> labels.put(label.getKey(), label.getValue()));
    return labels;
  }
}
