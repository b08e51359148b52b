package io.coffer.api.organizationmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.coffer.server.RunningCoffer;
import io.coffer.wire.access.AccessBinding;
import io.coffer.wire.access.AccessBindingAction;
import io.coffer.wire.access.AccessBindingDelta;
import io.coffer.wire.access.AccessBindingsOperationResult;
import io.coffer.wire.access.ListAccessBindingsRequest;
import io.coffer.wire.access.SetAccessBindingsMetadata;
import io.coffer.wire.access.SetAccessBindingsRequest;
import io.coffer.wire.access.Subject;
import io.coffer.wire.access.UpdateAccessBindingsMetadata;
import io.coffer.wire.access.UpdateAccessBindingsRequest;
import io.coffer.wire.operation.Operation;
import io.coffer.wire.organizationmanager.v1.CreateGroupMetadata;
import io.coffer.wire.organizationmanager.v1.CreateGroupRequest;
import io.coffer.wire.organizationmanager.v1.DeleteGroupMetadata;
import io.coffer.wire.organizationmanager.v1.DeleteGroupRequest;
import io.coffer.wire.organizationmanager.v1.GetGroupRequest;
import io.coffer.wire.organizationmanager.v1.Group;
import io.coffer.wire.organizationmanager.v1.GroupMember;
import io.coffer.wire.organizationmanager.v1.GroupMembershipInfo;
import io.coffer.wire.organizationmanager.v1.GroupServiceGrpc;
import io.coffer.wire.organizationmanager.v1.ListEffectiveRequest;
import io.coffer.wire.organizationmanager.v1.ListGroupMembersRequest;
import io.coffer.wire.organizationmanager.v1.ListGroupOperationsRequest;
import io.coffer.wire.organizationmanager.v1.ListGroupsRequest;
import io.coffer.wire.organizationmanager.v1.MemberDelta;
import io.coffer.wire.organizationmanager.v1.UpdateGroupMembersMetadata;
import io.coffer.wire.organizationmanager.v1.UpdateGroupMembersRequest;
import io.coffer.wire.organizationmanager.v1.UpdateGroupMetadata;
import io.coffer.wire.organizationmanager.v1.UpdateGroupRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same over gRPC: operations carry exactly the types that the methods publish. */
@Timeout(120)
final class GroupsOverGrpcTest {
  @TempDir private static Path home;
  private static RunningCoffer coffer;
  private static ClientFactory factory;
  private static GroupServiceGrpc.GroupServiceBlockingStub groups;
  private static String organizationId;

  @BeforeAll
  static void start() {
    coffer = RunningCoffer.start(home);
    factory =
        ClientFactory.builder()
            .tlsCustomizer(tls -> tls.trustManager(coffer.caCertificate().toFile()))
            .build();
    groups =
        GrpcClients.builder("gproto+" + coffer.url())
            .factory(factory)
            .addHeader("authorization", "Bearer " + coffer.token())
            .build(GroupServiceGrpc.GroupServiceBlockingStub.class);
    organizationId =
        coffer.rest().get("/resource-manager/v1/clouds", coffer.token()).member("organizationId");
  }

  @AfterAll
  static void stop() {
    factory.close();
    coffer.close();
  }

  private static <M extends Message> M unpacked(Any any, Class<M> type) {
    try {
      return any.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aGroupLives() {
    Operation made =
        groups.create(
            CreateGroupRequest.newBuilder()
                .setOrganizationId(organizationId)
                .setName("lives")
                .build());
    Group group = unpacked(made.getResponse(), Group.class);
    String id = group.getId();
    assertThat(unpacked(made.getMetadata(), CreateGroupMetadata.class).getGroupId()).isEqualTo(id);
    assertThat(groups.get(GetGroupRequest.newBuilder().setGroupId(id).build())).isEqualTo(group);
    assertThat(
            groups
                .list(ListGroupsRequest.newBuilder().setOrganizationId(organizationId).build())
                .getGroupsList())
        .containsExactly(group);

    Operation updated =
        groups.update(
            UpdateGroupRequest.newBuilder()
                .setGroupId(id)
                .setUpdateMask(FieldMask.newBuilder().addPaths("description"))
                .setDescription("d")
                .build());
    assertThat(unpacked(updated.getMetadata(), UpdateGroupMetadata.class).getGroupId())
        .isEqualTo(id);
    assertThat(unpacked(updated.getResponse(), Group.class))
        .isEqualTo(group.toBuilder().setDescription("d").build());

    Operation joined =
        groups.updateMembers(
            UpdateGroupMembersRequest.newBuilder()
                .setGroupId(id)
                .addMemberDeltas(
                    MemberDelta.newBuilder()
                        .setAction(MemberDelta.MemberAction.ADD)
                        .setSubjectId("CN=alice,O=team"))
                .build());
    assertThat(unpacked(joined.getMetadata(), UpdateGroupMembersMetadata.class).getGroupId())
        .isEqualTo(id);
    unpacked(joined.getResponse(), Empty.class);
    assertThat(
            groups
                .listMembers(ListGroupMembersRequest.newBuilder().setGroupId(id).build())
                .getMembersList())
        .containsExactly(
            GroupMember.newBuilder()
                .setSubjectId("CN=alice,O=team")
                .setSubjectType("certificate")
                .build());
    assertThat(
            groups
                .listEffective(
                    ListEffectiveRequest.newBuilder().setSubjectId("CN=alice,O=team").build())
                .getGroupMembershipInfoList())
        .containsExactly(
            GroupMembershipInfo.newBuilder().setGroupId(id).setGroupName("lives").build());

    AccessBinding binding =
        AccessBinding.newBuilder()
            .setRoleId("organization-manager.viewer")
            .setSubject(Subject.newBuilder().setType("group").setId(id))
            .build();
    Operation bound =
        groups.updateAccessBindings(
            UpdateAccessBindingsRequest.newBuilder()
                .setResourceId(id)
                .addAccessBindingDeltas(
                    AccessBindingDelta.newBuilder()
                        .setAction(AccessBindingAction.ADD)
                        .setAccessBinding(binding))
                .build());
    assertThat(unpacked(bound.getMetadata(), UpdateAccessBindingsMetadata.class).getResourceId())
        .isEqualTo(id);
    assertThat(
            unpacked(bound.getResponse(), AccessBindingsOperationResult.class)
                .getEffectiveDeltas(0)
                .getAccessBinding())
        .isEqualTo(binding);
    assertThat(
            groups
                .listAccessBindings(
                    ListAccessBindingsRequest.newBuilder().setResourceId(id).build())
                .getAccessBindingsList())
        .containsExactly(binding);
    Operation set =
        groups.setAccessBindings(SetAccessBindingsRequest.newBuilder().setResourceId(id).build());
    unpacked(set.getMetadata(), SetAccessBindingsMetadata.class);
    assertThat(
            groups
                .listOperations(ListGroupOperationsRequest.newBuilder().setGroupId(id).build())
                .getOperationsList())
        .containsExactlyInAnyOrder(made, updated, joined, bound, set);

    Operation deleted = groups.delete(DeleteGroupRequest.newBuilder().setGroupId(id).build());
    assertThat(unpacked(deleted.getMetadata(), DeleteGroupMetadata.class).getGroupId())
        .isEqualTo(id);
    unpacked(deleted.getResponse(), Empty.class);
    assertThatThrownBy(() -> groups.get(GetGroupRequest.newBuilder().setGroupId(id).build()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
  }
}
