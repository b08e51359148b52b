package io.coffer.api.endpoint;

import io.coffer.Problem;
import io.coffer.api.rpc.Rpc;
import io.coffer.api.rpc.Service;
import io.coffer.core.Call;
import io.coffer.wire.endpoint.ApiEndpoint;
import io.coffer.wire.endpoint.ApiEndpointServiceGrpc;
import io.coffer.wire.endpoint.GetApiEndpointRequest;
import io.coffer.wire.endpoint.ListApiEndpointsRequest;
import io.coffer.wire.endpoint.ListApiEndpointsResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * {@code yandex.cloud.endpoint.ApiEndpointService}: every service is at one address. All are given
 * on one page, since no client asks for a second.
 */
public final class ApiEndpointService implements Service {
  private static final List<String> IDS =
      List.of(
          "endpoint",
          "iam",
          "kms",
          "kms-crypto",
          "lockbox",
          "lockbox-payload",
          "operation",
          "organization-manager",
          "resource-manager",
          "resourcemanager");

  private final Supplier<String> address;

  /**
   * Gives one address for every service.
   *
   * @param address {@code host:port} that clients reach this server at
   */
  public ApiEndpointService(Supplier<String> address) {
    this.address = address;
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(
        Rpc.open(ApiEndpointServiceGrpc.getGetMethod(), this::get),
        Rpc.open(ApiEndpointServiceGrpc.getListMethod(), this::list));
  }

  private CompletionStage<ApiEndpoint> get(Call call, GetApiEndpointRequest request) {
    if (!IDS.contains(request.getApiEndpointId())) {
      throw new Problem.NotFound("endpoint", request.getApiEndpointId()).asException();
    }
    return CompletableFuture.completedStage(endpoint(request.getApiEndpointId()));
  }

  private CompletionStage<ListApiEndpointsResponse> list(
      Call call, ListApiEndpointsRequest request) {
    return CompletableFuture.completedStage(
        ListApiEndpointsResponse.newBuilder()
            .addAllEndpoints(IDS.stream().map(this::endpoint).toList())
            .build());
  }

  private ApiEndpoint endpoint(String id) {
    return ApiEndpoint.newBuilder().setId(id).setAddress(address.get()).build();
  }
}
