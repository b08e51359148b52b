package io.coffer.api.rpc;

import io.coffer.Problem;
import io.coffer.core.Call;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code grpc.health.v1.Health}, its {@code Check}: whoever is answered at all is served. Over gRPC
 * only; it has no http rule.
 */
public final class HealthService implements Service {
  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(Rpc.open(HealthGrpc.getCheckMethod(), HealthService::check));
  }

  private static CompletionStage<HealthCheckResponse> check(Call call, HealthCheckRequest request) {
    if (!request.getService().isEmpty()) {
      throw new Problem.NotFound("service", request.getService()).asException();
    }
    return CompletableFuture.completedStage(
        HealthCheckResponse.newBuilder()
            .setStatus(HealthCheckResponse.ServingStatus.SERVING)
            .build());
  }
}
