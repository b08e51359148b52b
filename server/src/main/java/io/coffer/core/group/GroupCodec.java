package io.coffer.core.group;

import coffer.stored.GroupRow;
import coffer.stored.LabelRow;
import com.google.protobuf.InvalidProtocolBufferException;
import io.coffer.Bytes;
import io.coffer.core.StoredTime;
import io.coffer.engine.EngineException;
import java.util.SortedMap;
import java.util.TreeMap;

/** Groups, as stored. */
final class GroupCodec {
  private GroupCodec() {}

  static Bytes encode(Group group) {
    GroupRow.Builder row =
        GroupRow.newBuilder()
            .setId(group.id())
            .setOrganizationId(group.organizationId())
            .setName(group.name())
            .setDescription(group.description())
            .setCreatedAt(StoredTime.of(group.createdAt()));
    group
        .labels()
        .forEach(
            (name, value) -> row.addLabels(LabelRow.newBuilder().setKey(name).setValue(value)));
    return Bytes.takeOver(row.build().toByteArray());
  }

  static Group decode(Bytes value) {
    try {
      GroupRow row = GroupRow.parseFrom(value.shared());
      SortedMap<String, String> labels = new TreeMap<>();
      row.getLabelsList().forEach(label -> labels.put(label.getKey(), label.getValue()));
      return new Group(
          row.getId(),
          row.getOrganizationId(),
          row.getName(),
          row.getDescription(),
          StoredTime.instant(row.getCreatedAt()),
          labels);
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("a group does not decode", e);
    }
  }
}
