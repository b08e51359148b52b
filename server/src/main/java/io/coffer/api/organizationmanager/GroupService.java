package io.coffer.api.organizationmanager;

import io.coffer.api.access.BindingCalls;
import io.coffer.api.rpc.NameFilter;
import io.coffer.api.rpc.PageSize;
import io.coffer.api.rpc.Rpc;
import io.coffer.api.rpc.Service;
import io.coffer.core.Call;
import io.coffer.core.binding.Bindings;
import io.coffer.core.binding.Bound;
import io.coffer.core.group.Groups;
import io.coffer.wire.operation.Operation;
import io.coffer.wire.organizationmanager.v1.CreateGroupRequest;
import io.coffer.wire.organizationmanager.v1.DeleteGroupRequest;
import io.coffer.wire.organizationmanager.v1.GetGroupRequest;
import io.coffer.wire.organizationmanager.v1.Group;
import io.coffer.wire.organizationmanager.v1.GroupServiceGrpc;
import io.coffer.wire.organizationmanager.v1.ListEffectiveRequest;
import io.coffer.wire.organizationmanager.v1.ListEffectiveResponse;
import io.coffer.wire.organizationmanager.v1.ListGroupMembersRequest;
import io.coffer.wire.organizationmanager.v1.ListGroupMembersResponse;
import io.coffer.wire.organizationmanager.v1.ListGroupOperationsRequest;
import io.coffer.wire.organizationmanager.v1.ListGroupOperationsResponse;
import io.coffer.wire.organizationmanager.v1.ListGroupsRequest;
import io.coffer.wire.organizationmanager.v1.ListGroupsResponse;
import io.coffer.wire.organizationmanager.v1.UpdateGroupMembersRequest;
import io.coffer.wire.organizationmanager.v1.UpdateGroupRequest;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code yandex.cloud.organizationmanager.v1.GroupService}. */
public final class GroupService implements Service {
  private final Groups groups;
  private final BindingCalls bindings;
  private final Function<io.coffer.core.operation.Operation, Operation> render;

  /**
   * Serves these groups.
   *
   * @param render of operations of whatever kind
   */
  public GroupService(
      Groups groups,
      Bindings bindings,
      Function<io.coffer.core.operation.Operation, Operation> render) {
    this.groups = groups;
    this.bindings = new BindingCalls(bindings, Bound::group, render);
    this.render = render;
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(
        Rpc.of(GroupServiceGrpc.getGetMethod(), this::get),
        Rpc.of(GroupServiceGrpc.getListMethod(), this::list),
        Rpc.of(GroupServiceGrpc.getCreateMethod(), this::create),
        Rpc.of(GroupServiceGrpc.getUpdateMethod(), this::update),
        Rpc.of(GroupServiceGrpc.getDeleteMethod(), this::delete),
        Rpc.of(GroupServiceGrpc.getListOperationsMethod(), this::listOperations),
        Rpc.of(GroupServiceGrpc.getListMembersMethod(), this::listMembers),
        Rpc.of(GroupServiceGrpc.getUpdateMembersMethod(), this::updateMembers),
        Rpc.of(GroupServiceGrpc.getListAccessBindingsMethod(), bindings::list),
        Rpc.of(GroupServiceGrpc.getSetAccessBindingsMethod(), bindings::set),
        Rpc.of(GroupServiceGrpc.getUpdateAccessBindingsMethod(), bindings::update),
        Rpc.of(GroupServiceGrpc.getListEffectiveMethod(), this::listEffective));
  }

  private CompletionStage<Group> get(Call call, GetGroupRequest request) {
    return groups.get(call, request.getGroupId()).thenApply(GroupRender::group);
  }

  private CompletionStage<ListGroupsResponse> list(Call call, ListGroupsRequest request) {
    return groups
        .list(
            call,
            request.getOrganizationId(),
            NameFilter.parse(request.getFilter()),
            PageSize.of(request.getPageSize()),
            request.getPageToken())
        .thenApply(page ->
            ListGroupsResponse.newBuilder()
                .addAllGroups(page.elements().stream().map(GroupRender::group).toList())
                .setNextPageToken(page.nextToken())
                .build());
  }

  private CompletionStage<Operation> create(Call call, CreateGroupRequest request) {
    return groups.create(call, GroupRead.create(request)).thenApply(render);
  }

  private CompletionStage<Operation> update(Call call, UpdateGroupRequest request) {
    return groups.update(call, GroupRead.update(request)).thenApply(render);
  }

  private CompletionStage<Operation> delete(Call call, DeleteGroupRequest request) {
    return groups.delete(call, request.getGroupId()).thenApply(render);
  }

  private CompletionStage<ListGroupOperationsResponse> listOperations(
      Call call, ListGroupOperationsRequest request) {
    return groups
        .listOperations(
            call, request.getGroupId(), PageSize.of(request.getPageSize()), request.getPageToken())
        .thenApply(page ->
            ListGroupOperationsResponse.newBuilder()
                .addAllOperations(page.elements().stream().map(render).toList())
                .setNextPageToken(page.nextToken())
                .build());
  }

  private CompletionStage<ListGroupMembersResponse> listMembers(
      Call call, ListGroupMembersRequest request) {
    return groups
        .members(
            call, request.getGroupId(), PageSize.of(request.getPageSize()), request.getPageToken())
        .thenApply(page ->
            ListGroupMembersResponse.newBuilder()
                .addAllMembers(page.elements().stream().map(GroupRender::member).toList())
                .setNextPageToken(page.nextToken())
                .build());
  }

  private CompletionStage<Operation> updateMembers(Call call, UpdateGroupMembersRequest request) {
    return groups
        .updateMembers(call, request.getGroupId(), GroupRead.deltas(request))
        .thenApply(render);
  }

  private CompletionStage<ListEffectiveResponse> listEffective(
      Call call, ListEffectiveRequest request) {
    return groups
        .effective(
            call,
            request.getSubjectId(),
            request.getOrganizationId(),
            NameFilter.parse(request.getFilter()),
            PageSize.of(request.getPageSize()),
            request.getPageToken())
        .thenApply(page ->
            ListEffectiveResponse.newBuilder()
                .addAllGroupMembershipInfo(
                    page.elements().stream().map(GroupRender::membership).toList())
                .setNextPageToken(page.nextToken())
                .build());
  }
}
