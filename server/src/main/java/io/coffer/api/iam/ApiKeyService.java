package io.coffer.api.iam;

import io.coffer.api.rpc.PageSize;
import io.coffer.api.rpc.Rpc;
import io.coffer.api.rpc.Service;
import io.coffer.core.Call;
import io.coffer.core.access.Role;
import io.coffer.core.iam.ApiKeys;
import io.coffer.core.iam.IssuedApiKey;
import io.coffer.wire.iam.v1.ApiKey;
import io.coffer.wire.iam.v1.ApiKeyServiceGrpc;
import io.coffer.wire.iam.v1.CreateApiKeyRequest;
import io.coffer.wire.iam.v1.CreateApiKeyResponse;
import io.coffer.wire.iam.v1.DeleteApiKeyRequest;
import io.coffer.wire.iam.v1.GetApiKeyRequest;
import io.coffer.wire.iam.v1.ListApiKeyOperationsRequest;
import io.coffer.wire.iam.v1.ListApiKeyOperationsResponse;
import io.coffer.wire.iam.v1.ListApiKeyScopesRequest;
import io.coffer.wire.iam.v1.ListApiKeyScopesResponse;
import io.coffer.wire.iam.v1.ListApiKeysRequest;
import io.coffer.wire.iam.v1.ListApiKeysResponse;
import io.coffer.wire.iam.v1.UpdateApiKeyRequest;
import io.coffer.wire.operation.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code yandex.cloud.iam.v1.ApiKeyService}. The scopes of a key are ids of roles. */
public final class ApiKeyService implements Service {
  private static final int SCOPES_DEFAULT = 100;

  private final ApiKeys keys;
  private final Function<io.coffer.core.operation.Operation, Operation> render;

  /**
   * Serves these keys.
   *
   * @param render of operations of whatever kind
   */
  public ApiKeyService(
      ApiKeys keys, Function<io.coffer.core.operation.Operation, Operation> render) {
    this.keys = keys;
    this.render = render;
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(
        // Before Get: the older of its two paths looks like that of a key called scopes.
        Rpc.of(ApiKeyServiceGrpc.getListScopesMethod(), this::listScopes),
        Rpc.of(ApiKeyServiceGrpc.getGetMethod(), this::get),
        Rpc.of(ApiKeyServiceGrpc.getListMethod(), this::list),
        Rpc.of(ApiKeyServiceGrpc.getCreateMethod(), this::create),
        Rpc.of(ApiKeyServiceGrpc.getUpdateMethod(), this::update),
        Rpc.of(ApiKeyServiceGrpc.getDeleteMethod(), this::delete),
        Rpc.of(ApiKeyServiceGrpc.getListOperationsMethod(), this::listOperations));
  }

  private CompletionStage<ApiKey> get(Call call, GetApiKeyRequest request) {
    return keys.get(call, request.getApiKeyId()).thenApply(IamRender::apiKey);
  }

  private CompletionStage<ListApiKeysResponse> list(Call call, ListApiKeysRequest request) {
    return keys.list(
            call,
            request.getServiceAccountId(),
            PageSize.of(request.getPageSize()),
            request.getPageToken())
        .thenApply(page ->
            ListApiKeysResponse.newBuilder()
                .addAllApiKeys(page.elements().stream().map(IamRender::apiKey).toList())
                .setNextPageToken(page.nextToken())
                .build());
  }

  private CompletionStage<CreateApiKeyResponse> create(Call call, CreateApiKeyRequest request) {
    return keys.create(call, IamRead.create(request)).thenApply(ApiKeyService::givenOnce);
  }

  private static CreateApiKeyResponse givenOnce(IssuedApiKey issued) {
    try (issued) {
      return IamRender.created(issued);
    }
  }

  private CompletionStage<Operation> update(Call call, UpdateApiKeyRequest request) {
    return keys.update(call, IamRead.update(request)).thenApply(render);
  }

  private CompletionStage<Operation> delete(Call call, DeleteApiKeyRequest request) {
    return keys.delete(call, request.getApiKeyId()).thenApply(render);
  }

  private CompletionStage<ListApiKeyOperationsResponse> listOperations(
      Call call, ListApiKeyOperationsRequest request) {
    return keys.listOperations(
            call, request.getApiKeyId(), PageSize.of(request.getPageSize()), request.getPageToken())
        .thenApply(page ->
            ListApiKeyOperationsResponse.newBuilder()
                .addAllOperations(page.elements().stream().map(render).toList())
                .setNextPageToken(page.nextToken())
                .build());
  }

  /** The same for everybody, so that a token need be no more than the last one given. */
  private CompletionStage<ListApiKeyScopesResponse> listScopes(
      Call call, ListApiKeyScopesRequest request) {
    int size = request.getPageSize() == 0 ? SCOPES_DEFAULT : PageSize.of(request.getPageSize());
    List<String> rest =
        Arrays.stream(Role.values())
            .map(Role::id)
            .sorted()
            .filter(scope -> scope.compareTo(request.getPageToken()) > 0)
            .toList();
    List<String> page = rest.subList(0, Math.min(size, rest.size()));
    return CompletableFuture.completedStage(
        ListApiKeyScopesResponse.newBuilder()
            .addAllScopes(page)
            .setNextPageToken(rest.size() > size ? page.getLast() : "")
            .build());
  }
}
