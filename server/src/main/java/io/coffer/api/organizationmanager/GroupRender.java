package io.coffer.api.organizationmanager;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import io.coffer.api.rpc.WireTime;
import io.coffer.core.Subject;
import io.coffer.core.group.Membership;
import io.coffer.core.operation.Operation;
import io.coffer.wire.organizationmanager.v1.CreateGroupMetadata;
import io.coffer.wire.organizationmanager.v1.DeleteGroupMetadata;
import io.coffer.wire.organizationmanager.v1.Group;
import io.coffer.wire.organizationmanager.v1.GroupMember;
import io.coffer.wire.organizationmanager.v1.GroupMembershipInfo;
import io.coffer.wire.organizationmanager.v1.GroupOuterClass;
import io.coffer.wire.organizationmanager.v1.GroupServiceOuterClass;
import io.coffer.wire.organizationmanager.v1.UpdateGroupMembersMetadata;
import io.coffer.wire.organizationmanager.v1.UpdateGroupMetadata;
import java.util.ArrayList;
import java.util.List;

/** From nouns to the messages of groups. */
public final class GroupRender {
  private GroupRender() {}

  static Group group(io.coffer.core.group.Group group) {
    return Group.newBuilder()
        .setId(group.id())
        .setOrganizationId(group.organizationId())
        .setCreatedAt(WireTime.millis(group.createdAt()))
        .setName(group.name())
        .setDescription(group.description())
        .putAllLabels(group.labels())
        .build();
  }

  static GroupMember member(Subject member) {
    return GroupMember.newBuilder()
        .setSubjectId(member.id())
        .setSubjectType(member.type().wireName())
        .build();
  }

  static GroupMembershipInfo membership(Membership membership) {
    return GroupMembershipInfo.newBuilder()
        .setGroupId(membership.groupId())
        .setGroupName(membership.groupName())
        .build();
  }

  /** What an operation on a group answered with. */
  public static Message groupIn(Operation operation) {
    return group(io.coffer.core.group.Group.decode(operation.result()));
  }

  /** What an operation on a group is on. */
  public static Message metadata(Operation operation) {
    String id = operation.resourceId();
    return switch (operation.kind()) {
      case CREATE_GROUP -> CreateGroupMetadata.newBuilder().setGroupId(id).build();
      case UPDATE_GROUP -> UpdateGroupMetadata.newBuilder().setGroupId(id).build();
      case DELETE_GROUP -> DeleteGroupMetadata.newBuilder().setGroupId(id).build();
      case UPDATE_GROUP_MEMBERS -> UpdateGroupMembersMetadata.newBuilder().setGroupId(id).build();
      default -> throw new AssertionError("no operation on a group: " + operation.kind());
    };
  }

  /** What operations may carry in an {@code Any}. */
  public static List<Descriptor> packedTypes() {
    List<Descriptor> types = new ArrayList<>();
    types.addAll(GroupOuterClass.getDescriptor().getMessageTypes());
    types.addAll(GroupServiceOuterClass.getDescriptor().getMessageTypes());
    return types;
  }
}
