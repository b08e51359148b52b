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
import io.coffer.wire.resourcemanager.v1.Folder;
import io.coffer.wire.resourcemanager.v1.FolderServiceGrpc;
import io.coffer.wire.resourcemanager.v1.GetFolderRequest;
import io.coffer.wire.resourcemanager.v1.ListFoldersRequest;
import io.coffer.wire.resourcemanager.v1.ListFoldersResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code yandex.cloud.resourcemanager.v1.FolderService}, what there is to read and to bind. */
public final class FolderService implements Service {
  private final Hierarchy hierarchy;
  private final BindingCalls bindings;

  public FolderService(Hierarchy hierarchy, Bindings bindings) {
    this.hierarchy = hierarchy;
    this.bindings = new BindingCalls(bindings, Bound::folder, LockboxRender::operation);
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(
        Rpc.of(FolderServiceGrpc.getGetMethod(), this::get),
        Rpc.of(FolderServiceGrpc.getListMethod(), this::list),
        Rpc.of(FolderServiceGrpc.getListAccessBindingsMethod(), bindings::list),
        Rpc.of(FolderServiceGrpc.getSetAccessBindingsMethod(), bindings::set),
        Rpc.of(FolderServiceGrpc.getUpdateAccessBindingsMethod(), bindings::update));
  }

  private CompletionStage<Folder> get(Call call, GetFolderRequest request) {
    return hierarchy.folder(call, request.getFolderId()).thenApply(FolderService::render);
  }

  private CompletionStage<ListFoldersResponse> list(Call call, ListFoldersRequest request) {
    return hierarchy
        .folders(
            call,
            request.getCloudId(),
            NameFilter.parse(request.getFilter()),
            Math.toIntExact(request.getPageSize()),
            request.getPageToken())
        .thenApply(FolderService::page);
  }

  private static ListFoldersResponse page(Page<io.coffer.core.folder.Folder> page) {
    return ListFoldersResponse.newBuilder()
        .addAllFolders(page.elements().stream().map(FolderService::render).toList())
        .setNextPageToken(page.nextToken())
        .build();
  }

  private static Folder render(io.coffer.core.folder.Folder folder) {
    return Folder.newBuilder()
        .setId(folder.id())
        .setCloudId(folder.cloudId())
        .setCreatedAt(WireTime.millis(folder.createdAt()))
        .setName(folder.name())
        .setStatus(Folder.Status.ACTIVE)
        .build();
  }
}
