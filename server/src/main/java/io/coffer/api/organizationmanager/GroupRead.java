package io.coffer.api.organizationmanager;

import io.coffer.Problem;
import io.coffer.core.group.CreateGroup;
import io.coffer.core.group.UpdateGroup;
import io.coffer.core.group.UpdateGroup.Field;
import io.coffer.wire.organizationmanager.v1.CreateGroupRequest;
import io.coffer.wire.organizationmanager.v1.MemberDelta;
import io.coffer.wire.organizationmanager.v1.UpdateGroupMembersRequest;
import io.coffer.wire.organizationmanager.v1.UpdateGroupRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** From the messages of groups to commands. */
final class GroupRead {
  private GroupRead() {}

  static CreateGroup create(CreateGroupRequest request) {
    return new CreateGroup(
        request.getOrganizationId(),
        request.getName(),
        request.getDescription(),
        new TreeMap<>(request.getLabelsMap()));
  }

  /** A mask that names nothing is one that names everything; a group is never without a name. */
  static UpdateGroup update(UpdateGroupRequest request) {
    Set<Field> mask = EnumSet.noneOf(Field.class);
    request.getUpdateMask().getPathsList().forEach(path -> mask.add(field(path)));
    Set<Field> fields = mask.isEmpty() ? EnumSet.allOf(Field.class) : mask;
    if (fields.contains(Field.NAME) && request.getName().isEmpty()) {
      throw new Problem.Invalid("name", "must be given to be changed").asException();
    }
    return new UpdateGroup(
        request.getGroupId(),
        fields,
        request.getName(),
        request.getDescription(),
        new TreeMap<>(request.getLabelsMap()));
  }

  private static Field field(String path) {
    return switch (path) {
      case "name" -> Field.NAME;
      case "description" -> Field.DESCRIPTION;
      case "labels" -> Field.LABELS;
      default ->
          throw new Problem.Invalid("update_mask", "must name fields of a group that can change")
              .asException();
    };
  }

  static List<io.coffer.core.group.MemberDelta> deltas(UpdateGroupMembersRequest request) {
    return request.getMemberDeltasList().stream().map(GroupRead::delta).toList();
  }

  private static io.coffer.core.group.MemberDelta delta(MemberDelta delta) {
    return new io.coffer.core.group.MemberDelta(
        switch (delta.getAction()) {
          case ADD -> io.coffer.core.group.MemberDelta.Action.ADD;
          case REMOVE -> io.coffer.core.group.MemberDelta.Action.REMOVE;
          case MEMBER_ACTION_UNSPECIFIED, UNRECOGNIZED ->
              throw new Problem.Invalid("action", "must be ADD or REMOVE").asException();
        },
        delta.getSubjectId());
  }
}
