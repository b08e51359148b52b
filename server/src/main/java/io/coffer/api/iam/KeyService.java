package io.coffer.api.iam;

import io.coffer.api.rpc.PageSize;
import io.coffer.api.rpc.Rpc;
import io.coffer.api.rpc.Service;
import io.coffer.core.Call;
import io.coffer.core.iam.AuthorizedKeys;
import io.coffer.core.iam.IssuedKey;
import io.coffer.wire.iam.v1.CreateKeyRequest;
import io.coffer.wire.iam.v1.CreateKeyResponse;
import io.coffer.wire.iam.v1.DeleteKeyRequest;
import io.coffer.wire.iam.v1.GetKeyRequest;
import io.coffer.wire.iam.v1.Key;
import io.coffer.wire.iam.v1.KeyServiceGrpc;
import io.coffer.wire.iam.v1.ListKeyOperationsRequest;
import io.coffer.wire.iam.v1.ListKeyOperationsResponse;
import io.coffer.wire.iam.v1.ListKeysRequest;
import io.coffer.wire.iam.v1.ListKeysResponse;
import io.coffer.wire.iam.v1.UpdateKeyRequest;
import io.coffer.wire.operation.Operation;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code yandex.cloud.iam.v1.KeyService}. Keys are given in PEM, the one format there is. */
public final class KeyService implements Service {
  private final AuthorizedKeys keys;
  private final Function<io.coffer.core.operation.Operation, Operation> render;

  /**
   * Serves these keys.
   *
   * @param render of operations of whatever kind
   */
  public KeyService(
      AuthorizedKeys keys, Function<io.coffer.core.operation.Operation, Operation> render) {
    this.keys = keys;
    this.render = render;
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(
        Rpc.of(KeyServiceGrpc.getGetMethod(), this::get),
        Rpc.of(KeyServiceGrpc.getListMethod(), this::list),
        Rpc.of(KeyServiceGrpc.getCreateMethod(), this::create),
        Rpc.of(KeyServiceGrpc.getUpdateMethod(), this::update),
        Rpc.of(KeyServiceGrpc.getDeleteMethod(), this::delete),
        Rpc.of(KeyServiceGrpc.getListOperationsMethod(), this::listOperations));
  }

  private CompletionStage<Key> get(Call call, GetKeyRequest request) {
    return keys.get(call, request.getKeyId()).thenApply(IamRender::key);
  }

  private CompletionStage<ListKeysResponse> list(Call call, ListKeysRequest request) {
    return keys.list(
            call,
            request.getServiceAccountId(),
            PageSize.of(request.getPageSize()),
            request.getPageToken())
        .thenApply(page ->
            ListKeysResponse.newBuilder()
                .addAllKeys(page.elements().stream().map(IamRender::key).toList())
                .setNextPageToken(page.nextToken())
                .build());
  }

  private CompletionStage<CreateKeyResponse> create(Call call, CreateKeyRequest request) {
    return keys.create(call, IamRead.create(request)).thenApply(KeyService::givenOnce);
  }

  private static CreateKeyResponse givenOnce(IssuedKey issued) {
    try (issued) {
      return IamRender.created(issued);
    }
  }

  private CompletionStage<Operation> update(Call call, UpdateKeyRequest request) {
    IamRead.requireDescription(request.getUpdateMask());
    return keys.update(call, request.getKeyId(), request.getDescription()).thenApply(render);
  }

  private CompletionStage<Operation> delete(Call call, DeleteKeyRequest request) {
    return keys.delete(call, request.getKeyId()).thenApply(render);
  }

  private CompletionStage<ListKeyOperationsResponse> listOperations(
      Call call, ListKeyOperationsRequest request) {
    return keys.listOperations(
            call, request.getKeyId(), PageSize.of(request.getPageSize()), request.getPageToken())
        .thenApply(page ->
            ListKeyOperationsResponse.newBuilder()
                .addAllOperations(page.elements().stream().map(render).toList())
                .setNextPageToken(page.nextToken())
                .build());
  }
}
