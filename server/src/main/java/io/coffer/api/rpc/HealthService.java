package io.coffer.api.rpc;

import io.coffer.Problem;
import io.coffer.core.Call;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * {@code grpc.health.v1.Health}: whoever is answered at all is served, and who watches is told when
 * the server stops. Over gRPC only; it has no http rule.
 */
public final class HealthService implements Service {
  private final Set<String> known;

  /**
   * @param services whose health may be asked for by name; the empty name is the server's
   */
  public HealthService(List<? extends Service> services) {
    this.known =
        services.stream()
            .flatMap(service -> service.rpcs().stream())
            .map(rpc -> Optional.ofNullable(rpc.method().getServiceName()).orElseThrow())
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(Rpc.open(HealthGrpc.getCheckMethod(), this::check));
  }

  /** {@code Watch}. */
  public Dialog<HealthCheckRequest, HealthCheckResponse> watch() {
    return new Dialog<>(
        HealthGrpc.getWatchMethod().getFullMethodName(),
        HealthCheckRequest.getDefaultInstance(),
        request -> response(knows(request) ? ServingStatus.SERVING : ServingStatus.SERVICE_UNKNOWN),
        Optional.of(response(ServingStatus.NOT_SERVING)));
  }

  /** Both methods while nothing is served, whatever the service. */
  static List<Dialog<?, ?>> notServing() {
    HealthCheckResponse not = response(ServingStatus.NOT_SERVING);
    return List.of(
        new Dialog<>(
            HealthGrpc.getCheckMethod().getFullMethodName(),
            HealthCheckRequest.getDefaultInstance(),
            _ -> not,
            Optional.empty()),
        new Dialog<>(
            HealthGrpc.getWatchMethod().getFullMethodName(),
            HealthCheckRequest.getDefaultInstance(),
            _ -> not,
            Optional.of(not)));
  }

  private CompletionStage<HealthCheckResponse> check(Call call, HealthCheckRequest request) {
    if (!knows(request)) {
      throw new Problem.NotFound("service", request.getService()).asException();
    }
    return CompletableFuture.completedStage(response(ServingStatus.SERVING));
  }

  private boolean knows(HealthCheckRequest request) {
    return request.getService().isEmpty() || known.contains(request.getService());
  }

  private static HealthCheckResponse response(ServingStatus status) {
    return HealthCheckResponse.newBuilder().setStatus(status).build();
  }
}
