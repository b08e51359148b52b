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
import io.coffer.wire.resourcemanager.v1.CreateFolderRequest;
import io.coffer.wire.resourcemanager.v1.DeleteFolderRequest;
import io.coffer.wire.resourcemanager.v1.Folder;
import io.coffer.wire.resourcemanager.v1.FolderServiceGrpc;
import io.coffer.wire.resourcemanager.v1.GetFolderRequest;
import io.coffer.wire.resourcemanager.v1.ListFolderOperationsRequest;
import io.coffer.wire.resourcemanager.v1.ListFolderOperationsResponse;
import io.coffer.wire.resourcemanager.v1.ListFoldersRequest;
import io.coffer.wire.resourcemanager.v1.ListFoldersResponse;
import io.coffer.wire.resourcemanager.v1.UpdateFolderRequest;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code yandex.cloud.resourcemanager.v1.FolderService}. */
public final class FolderService implements Service {
  private final Hierarchy hierarchy;
  private final HierarchyChanges changes;
  private final BindingCalls bindings;
  private final Function<io.coffer.core.operation.Operation, Operation> render;

  /**
   * Serves them.
   *
   * @param render of operations of whatever kind
   */
  public FolderService(
      Hierarchy hierarchy,
      HierarchyChanges changes,
      Bindings bindings,
      Function<io.coffer.core.operation.Operation, Operation> render) {
    this.hierarchy = hierarchy;
    this.changes = changes;
    this.bindings = new BindingCalls(bindings, Bound::folder, render);
    this.render = render;
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(
        Rpc.of(FolderServiceGrpc.getGetMethod(), this::get),
        Rpc.of(FolderServiceGrpc.getListMethod(), this::list),
        Rpc.of(FolderServiceGrpc.getCreateMethod(), this::create),
        Rpc.of(FolderServiceGrpc.getUpdateMethod(), this::update),
        Rpc.of(FolderServiceGrpc.getDeleteMethod(), this::delete),
        Rpc.of(FolderServiceGrpc.getListOperationsMethod(), this::listOperations),
        Rpc.of(FolderServiceGrpc.getListAccessBindingsMethod(), bindings::list),
        Rpc.of(FolderServiceGrpc.getSetAccessBindingsMethod(), bindings::set),
        Rpc.of(FolderServiceGrpc.getUpdateAccessBindingsMethod(), bindings::update));
  }

  private CompletionStage<Folder> get(Call call, GetFolderRequest request) {
    return hierarchy.folder(call, request.getFolderId()).thenApply(PlaceRender::folder);
  }

  private CompletionStage<ListFoldersResponse> list(Call call, ListFoldersRequest request) {
    return hierarchy
        .folders(
            call,
            request.getCloudId(),
            NameFilter.parse(request.getFilter()),
            PageSize.of(request.getPageSize()),
            request.getPageToken())
        .thenApply(page ->
            ListFoldersResponse.newBuilder()
                .addAllFolders(page.elements().stream().map(PlaceRender::folder).toList())
                .setNextPageToken(page.nextToken())
                .build());
  }

  private CompletionStage<Operation> create(Call call, CreateFolderRequest request) {
    return changes
        .createFolder(
            call,
            request.getCloudId(),
            PlaceRead.profile(request.getName(), request.getDescription(), request.getLabelsMap()))
        .thenApply(render);
  }

  private CompletionStage<Operation> update(Call call, UpdateFolderRequest request) {
    return changes.updateFolder(call, PlaceRead.update(request)).thenApply(render);
  }

  private CompletionStage<Operation> delete(Call call, DeleteFolderRequest request) {
    return changes
        .deleteFolder(
            call,
            request.getFolderId(),
            PlaceRead.deleteAfter(request.hasDeleteAfter(), request.getDeleteAfter()))
        .thenApply(render);
  }

  private CompletionStage<ListFolderOperationsResponse> listOperations(
      Call call, ListFolderOperationsRequest request) {
    return hierarchy
        .folderOperations(
            call, request.getFolderId(), PageSize.of(request.getPageSize()), request.getPageToken())
        .thenApply(page ->
            ListFolderOperationsResponse.newBuilder()
                .addAllOperations(page.elements().stream().map(render).toList())
                .setNextPageToken(page.nextToken())
                .build());
  }
}
