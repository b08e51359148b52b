package io.coffer.api.kms;

import io.coffer.api.access.BindingCalls;
import io.coffer.api.rpc.PageSize;
import io.coffer.api.rpc.Rpc;
import io.coffer.api.rpc.Service;
import io.coffer.core.Call;
import io.coffer.core.Page;
import io.coffer.core.binding.Bindings;
import io.coffer.core.binding.Bound;
import io.coffer.core.kms.KeyVersions;
import io.coffer.core.kms.KeyView;
import io.coffer.core.kms.SymmetricKeys;
import io.coffer.wire.kms.v1.CancelSymmetricKeyVersionDestructionRequest;
import io.coffer.wire.kms.v1.CreateSymmetricKeyRequest;
import io.coffer.wire.kms.v1.DeleteSymmetricKeyRequest;
import io.coffer.wire.kms.v1.GetSymmetricKeyRequest;
import io.coffer.wire.kms.v1.ListSymmetricKeyOperationsRequest;
import io.coffer.wire.kms.v1.ListSymmetricKeyOperationsResponse;
import io.coffer.wire.kms.v1.ListSymmetricKeyVersionsRequest;
import io.coffer.wire.kms.v1.ListSymmetricKeyVersionsResponse;
import io.coffer.wire.kms.v1.ListSymmetricKeysRequest;
import io.coffer.wire.kms.v1.ListSymmetricKeysResponse;
import io.coffer.wire.kms.v1.RotateSymmetricKeyRequest;
import io.coffer.wire.kms.v1.ScheduleSymmetricKeyVersionDestructionRequest;
import io.coffer.wire.kms.v1.SetPrimarySymmetricKeyVersionRequest;
import io.coffer.wire.kms.v1.SymmetricKey;
import io.coffer.wire.kms.v1.SymmetricKeyServiceGrpc;
import io.coffer.wire.kms.v1.UpdateSymmetricKeyRequest;
import io.coffer.wire.operation.Operation;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code yandex.cloud.kms.v1.SymmetricKeyService}. */
public final class SymmetricKeyService implements Service {
  private final SymmetricKeys keys;
  private final KeyVersions versions;
  private final BindingCalls bindings;
  private final Function<io.coffer.core.operation.Operation, Operation> render;

  /**
   * Serves these keys.
   *
   * @param render of operations of whatever kind
   */
  public SymmetricKeyService(
      SymmetricKeys keys,
      KeyVersions versions,
      Bindings bindings,
      Function<io.coffer.core.operation.Operation, Operation> render) {
    this.keys = keys;
    this.versions = versions;
    this.bindings = new BindingCalls(bindings, Bound::symmetricKey, render);
    this.render = render;
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(
        Rpc.of(SymmetricKeyServiceGrpc.getCreateMethod(), this::create),
        Rpc.of(SymmetricKeyServiceGrpc.getGetMethod(), this::get),
        Rpc.of(SymmetricKeyServiceGrpc.getListMethod(), this::list),
        Rpc.of(SymmetricKeyServiceGrpc.getListVersionsMethod(), this::listVersions),
        Rpc.of(SymmetricKeyServiceGrpc.getUpdateMethod(), this::update),
        Rpc.of(SymmetricKeyServiceGrpc.getDeleteMethod(), this::delete),
        Rpc.of(SymmetricKeyServiceGrpc.getSetPrimaryVersionMethod(), this::setPrimaryVersion),
        Rpc.of(
            SymmetricKeyServiceGrpc.getScheduleVersionDestructionMethod(),
            this::scheduleVersionDestruction),
        Rpc.of(
            SymmetricKeyServiceGrpc.getCancelVersionDestructionMethod(),
            this::cancelVersionDestruction),
        Rpc.of(SymmetricKeyServiceGrpc.getRotateMethod(), this::rotate),
        Rpc.of(SymmetricKeyServiceGrpc.getListOperationsMethod(), this::listOperations),
        Rpc.of(SymmetricKeyServiceGrpc.getListAccessBindingsMethod(), bindings::list),
        Rpc.of(SymmetricKeyServiceGrpc.getSetAccessBindingsMethod(), bindings::set),
        Rpc.of(SymmetricKeyServiceGrpc.getUpdateAccessBindingsMethod(), bindings::update));
  }

  private CompletionStage<Operation> create(Call call, CreateSymmetricKeyRequest request) {
    return keys.create(call, KmsRead.create(request)).thenApply(render);
  }

  private CompletionStage<SymmetricKey> get(Call call, GetSymmetricKeyRequest request) {
    return keys.get(call, request.getKeyId()).thenApply(SymmetricKeyService::key);
  }

  private static SymmetricKey key(KeyView view) {
    return KmsRender.key(view.key(), view.primary());
  }

  private CompletionStage<ListSymmetricKeysResponse> list(
      Call call, ListSymmetricKeysRequest request) {
    return keys.list(
            call, request.getFolderId(), PageSize.of(request.getPageSize()), request.getPageToken())
        .thenApply(SymmetricKeyService::page);
  }

  private static ListSymmetricKeysResponse page(Page<KeyView> page) {
    return ListSymmetricKeysResponse.newBuilder()
        .addAllKeys(page.elements().stream().map(SymmetricKeyService::key).toList())
        .setNextPageToken(page.nextToken())
        .build();
  }

  private CompletionStage<ListSymmetricKeyVersionsResponse> listVersions(
      Call call, ListSymmetricKeyVersionsRequest request) {
    return versions
        .list(call, request.getKeyId(), PageSize.of(request.getPageSize()), request.getPageToken())
        .thenApply(SymmetricKeyService::page);
  }

  private static ListSymmetricKeyVersionsResponse page(KeyVersions.KeyVersionPage part) {
    return ListSymmetricKeyVersionsResponse.newBuilder()
        .addAllKeyVersions(
            part.page().elements().stream()
                .map(version -> KmsRender.version(version, part.key()))
                .toList())
        .setNextPageToken(part.page().nextToken())
        .build();
  }

  private CompletionStage<Operation> update(Call call, UpdateSymmetricKeyRequest request) {
    return keys.update(call, KmsRead.update(request)).thenApply(render);
  }

  private CompletionStage<Operation> delete(Call call, DeleteSymmetricKeyRequest request) {
    return keys.delete(call, request.getKeyId()).thenApply(render);
  }

  private CompletionStage<Operation> setPrimaryVersion(
      Call call, SetPrimarySymmetricKeyVersionRequest request) {
    return keys.setPrimaryVersion(call, request.getKeyId(), request.getVersionId())
        .thenApply(render);
  }

  private CompletionStage<Operation> scheduleVersionDestruction(
      Call call, ScheduleSymmetricKeyVersionDestructionRequest request) {
    return versions
        .scheduleDestruction(
            call,
            request.getKeyId(),
            request.getVersionId(),
            request.hasPendingPeriod()
                ? KmsRead.duration("pending_period", request.getPendingPeriod())
                : KeyVersions.PENDING_DEFAULT)
        .thenApply(render);
  }

  private CompletionStage<Operation> cancelVersionDestruction(
      Call call, CancelSymmetricKeyVersionDestructionRequest request) {
    return versions
        .cancelDestruction(call, request.getKeyId(), request.getVersionId())
        .thenApply(render);
  }

  private CompletionStage<ListSymmetricKeyOperationsResponse> listOperations(
      Call call, ListSymmetricKeyOperationsRequest request) {
    return keys.listOperations(
            call, request.getKeyId(), PageSize.of(request.getPageSize()), request.getPageToken())
        .thenApply(page ->
            ListSymmetricKeyOperationsResponse.newBuilder()
                .addAllOperations(page.elements().stream().map(render).toList())
                .setNextPageToken(page.nextToken())
                .build());
  }

  private CompletionStage<Operation> rotate(Call call, RotateSymmetricKeyRequest request) {
    return keys.rotate(call, request.getKeyId()).thenApply(render);
  }
}
