package io.coffer.api.resourcemanager;

import io.coffer.api.access.BindingCalls;
import io.coffer.api.lockbox.LockboxRender;
import io.coffer.api.rpc.NameFilter;
import io.coffer.api.rpc.Rpc;
import io.coffer.api.rpc.Service;
import io.coffer.api.rpc.WireTime;
import io.coffer.core.Call;
import io.coffer.core.Page;
import io.coffer.core.binding.Bindings;
import io.coffer.core.binding.Bound;
import io.coffer.core.hierarchy.Hierarchy;
import io.coffer.wire.resourcemanager.v1.Cloud;
import io.coffer.wire.resourcemanager.v1.CloudServiceGrpc;
import io.coffer.wire.resourcemanager.v1.GetCloudRequest;
import io.coffer.wire.resourcemanager.v1.ListCloudsRequest;
import io.coffer.wire.resourcemanager.v1.ListCloudsResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * {@code yandex.cloud.resourcemanager.v1.CloudService}, what there is to read and to bind. There
 * are no organizations but the clouds, each of its own id: a list does not ask for one.
 */
public final class CloudService implements Service {
  private final Hierarchy hierarchy;
  private final BindingCalls bindings;

  public CloudService(Hierarchy hierarchy, Bindings bindings) {
    this.hierarchy = hierarchy;
    this.bindings = new BindingCalls(bindings, Bound::cloud, LockboxRender::operation);
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(
        Rpc.of(CloudServiceGrpc.getGetMethod(), this::get),
        Rpc.of(CloudServiceGrpc.getListMethod(), this::list),
        Rpc.of(CloudServiceGrpc.getListAccessBindingsMethod(), bindings::list),
        Rpc.of(CloudServiceGrpc.getSetAccessBindingsMethod(), bindings::set),
        Rpc.of(CloudServiceGrpc.getUpdateAccessBindingsMethod(), bindings::update));
  }

  private CompletionStage<Cloud> get(Call call, GetCloudRequest request) {
    return hierarchy.cloud(call, request.getCloudId()).thenApply(CloudService::render);
  }

  private CompletionStage<ListCloudsResponse> list(Call call, ListCloudsRequest request) {
    return hierarchy
        .clouds(
            call,
            NameFilter.parse(request.getFilter()),
            Math.toIntExact(request.getPageSize()),
            request.getPageToken())
        .thenApply(CloudService::page);
  }

  private static ListCloudsResponse page(Page<io.coffer.core.folder.Cloud> page) {
    return ListCloudsResponse.newBuilder()
        .addAllClouds(page.elements().stream().map(CloudService::render).toList())
        .setNextPageToken(page.nextToken())
        .build();
  }

  private static Cloud render(io.coffer.core.folder.Cloud cloud) {
    return Cloud.newBuilder()
        .setId(cloud.id())
        .setCreatedAt(WireTime.millis(cloud.createdAt()))
        .setName(cloud.name())
        .setOrganizationId(cloud.id())
        .build();
  }
}
