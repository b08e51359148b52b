package io.coffer.api.workload;

import io.coffer.api.access.BindingCalls;
import io.coffer.api.rpc.PageSize;
import io.coffer.api.rpc.Rpc;
import io.coffer.api.rpc.Service;
import io.coffer.core.Call;
import io.coffer.core.binding.Bindings;
import io.coffer.core.binding.Bound;
import io.coffer.core.workload.Federations;
import io.coffer.wire.iam.v1.workload.oidc.CreateFederationRequest;
import io.coffer.wire.iam.v1.workload.oidc.DeleteFederationRequest;
import io.coffer.wire.iam.v1.workload.oidc.Federation;
import io.coffer.wire.iam.v1.workload.oidc.FederationServiceGrpc;
import io.coffer.wire.iam.v1.workload.oidc.GetFederationRequest;
import io.coffer.wire.iam.v1.workload.oidc.ListFederationsRequest;
import io.coffer.wire.iam.v1.workload.oidc.ListFederationsResponse;
import io.coffer.wire.iam.v1.workload.oidc.UpdateFederationRequest;
import io.coffer.wire.operation.Operation;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code yandex.cloud.iam.v1.workload.oidc.FederationService}. */
public final class FederationService implements Service {
  private final Federations federations;
  private final BindingCalls bindings;
  private final Function<io.coffer.core.operation.Operation, Operation> render;

  /**
   * Serves these federations.
   *
   * @param render of operations of whatever kind
   */
  public FederationService(
      Federations federations,
      Bindings bindings,
      Function<io.coffer.core.operation.Operation, Operation> render) {
    this.federations = federations;
    this.bindings = new BindingCalls(bindings, Bound::federation, render);
    this.render = render;
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(
        Rpc.of(FederationServiceGrpc.getGetMethod(), this::get),
        Rpc.of(FederationServiceGrpc.getListMethod(), this::list),
        Rpc.of(FederationServiceGrpc.getCreateMethod(), this::create),
        Rpc.of(FederationServiceGrpc.getUpdateMethod(), this::update),
        Rpc.of(FederationServiceGrpc.getDeleteMethod(), this::delete),
        Rpc.of(FederationServiceGrpc.getListAccessBindingsMethod(), bindings::list),
        Rpc.of(FederationServiceGrpc.getSetAccessBindingsMethod(), bindings::set),
        Rpc.of(FederationServiceGrpc.getUpdateAccessBindingsMethod(), bindings::update));
  }

  private CompletionStage<Federation> get(Call call, GetFederationRequest request) {
    return federations.get(call, request.getFederationId()).thenApply(WorkloadRender::federation);
  }

  private CompletionStage<ListFederationsResponse> list(Call call, ListFederationsRequest request) {
    return federations
        .list(
            call, request.getFolderId(), PageSize.of(request.getPageSize()), request.getPageToken())
        .thenApply(page ->
            ListFederationsResponse.newBuilder()
                .addAllFederations(
                    page.elements().stream().map(WorkloadRender::federation).toList())
                .setNextPageToken(page.nextToken())
                .build());
  }

  private CompletionStage<Operation> create(Call call, CreateFederationRequest request) {
    return federations.create(call, WorkloadRead.create(request)).thenApply(render);
  }

  private CompletionStage<Operation> update(Call call, UpdateFederationRequest request) {
    return federations.update(call, WorkloadRead.update(request)).thenApply(render);
  }

  private CompletionStage<Operation> delete(Call call, DeleteFederationRequest request) {
    return federations.delete(call, request.getFederationId()).thenApply(render);
  }
}
