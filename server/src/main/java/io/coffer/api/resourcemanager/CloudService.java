package io.coffer.api.resourcemanager;

import io.coffer.api.access.BindingCalls;
import io.coffer.api.rpc.NameFilter;
import io.coffer.api.rpc.PageSize;
import io.coffer.api.rpc.Rpc;
import io.coffer.api.rpc.Service;
import io.coffer.core.Call;
import io.coffer.core.binding.Bindings;
import io.coffer.core.binding.Bound;
import io.coffer.core.hierarchy.Hierarchy;
import io.coffer.core.hierarchy.HierarchyChanges;
import io.coffer.wire.operation.Operation;
import io.coffer.wire.resourcemanager.v1.Cloud;
import io.coffer.wire.resourcemanager.v1.CloudServiceGrpc;
import io.coffer.wire.resourcemanager.v1.CreateCloudRequest;
import io.coffer.wire.resourcemanager.v1.DeleteCloudRequest;
import io.coffer.wire.resourcemanager.v1.GetCloudRequest;
import io.coffer.wire.resourcemanager.v1.ListCloudOperationsRequest;
import io.coffer.wire.resourcemanager.v1.ListCloudOperationsResponse;
import io.coffer.wire.resourcemanager.v1.ListCloudsRequest;
import io.coffer.wire.resourcemanager.v1.ListCloudsResponse;
import io.coffer.wire.resourcemanager.v1.UpdateCloudRequest;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * {@code yandex.cloud.resourcemanager.v1.CloudService}. There are no organizations but the clouds,
 * each of its own id: whichever a request names is not looked at.
 */
public final class CloudService implements Service {
  private final Hierarchy hierarchy;
  private final HierarchyChanges changes;
  private final BindingCalls bindings;
  private final Function<io.coffer.core.operation.Operation, Operation> render;

  /**
   * Serves them.
   *
   * @param render of operations of whatever kind
   */
  public CloudService(
      Hierarchy hierarchy,
      HierarchyChanges changes,
      Bindings bindings,
      Function<io.coffer.core.operation.Operation, Operation> render) {
    this.hierarchy = hierarchy;
    this.changes = changes;
    this.bindings = new BindingCalls(bindings, Bound::cloud, render);
    this.render = render;
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(
        Rpc.of(CloudServiceGrpc.getGetMethod(), this::get),
        Rpc.of(CloudServiceGrpc.getListMethod(), this::list),
        Rpc.of(CloudServiceGrpc.getCreateMethod(), this::create),
        Rpc.of(CloudServiceGrpc.getUpdateMethod(), this::update),
        Rpc.of(CloudServiceGrpc.getDeleteMethod(), this::delete),
        Rpc.of(CloudServiceGrpc.getListOperationsMethod(), this::listOperations),
        Rpc.of(CloudServiceGrpc.getListAccessBindingsMethod(), bindings::list),
        Rpc.of(CloudServiceGrpc.getSetAccessBindingsMethod(), bindings::set),
        Rpc.of(CloudServiceGrpc.getUpdateAccessBindingsMethod(), bindings::update));
  }

  private CompletionStage<Cloud> get(Call call, GetCloudRequest request) {
    return hierarchy.cloud(call, request.getCloudId()).thenApply(PlaceRender::cloud);
  }

  private CompletionStage<ListCloudsResponse> list(Call call, ListCloudsRequest request) {
    return hierarchy
        .clouds(
            call,
            NameFilter.parse(request.getFilter()),
            PageSize.of(request.getPageSize()),
            request.getPageToken())
        .thenApply(page ->
            ListCloudsResponse.newBuilder()
                .addAllClouds(page.elements().stream().map(PlaceRender::cloud).toList())
                .setNextPageToken(page.nextToken())
                .build());
  }

  private CompletionStage<Operation> create(Call call, CreateCloudRequest request) {
    return changes
        .createCloud(
            call,
            PlaceRead.profile(request.getName(), request.getDescription(), request.getLabelsMap()))
        .thenApply(render);
  }

  private CompletionStage<Operation> update(Call call, UpdateCloudRequest request) {
    return changes.updateCloud(call, PlaceRead.update(request)).thenApply(render);
  }

  private CompletionStage<Operation> delete(Call call, DeleteCloudRequest request) {
    return changes
        .deleteCloud(
            call,
            request.getCloudId(),
            PlaceRead.deleteAfter(request.hasDeleteAfter(), request.getDeleteAfter()))
        .thenApply(render);
  }

  private CompletionStage<ListCloudOperationsResponse> listOperations(
      Call call, ListCloudOperationsRequest request) {
    return hierarchy
        .cloudOperations(
            call, request.getCloudId(), PageSize.of(request.getPageSize()), request.getPageToken())
        .thenApply(page ->
            ListCloudOperationsResponse.newBuilder()
                .addAllOperations(page.elements().stream().map(render).toList())
                .setNextPageToken(page.nextToken())
                .build());
  }
}
