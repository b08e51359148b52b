package io.coffer.api.workload;

import io.coffer.api.rpc.PageSize;
import io.coffer.api.rpc.Rpc;
import io.coffer.api.rpc.Service;
import io.coffer.core.Call;
import io.coffer.core.iam.FederatedCredentials;
import io.coffer.wire.iam.v1.workload.CreateFederatedCredentialRequest;
import io.coffer.wire.iam.v1.workload.DeleteFederatedCredentialRequest;
import io.coffer.wire.iam.v1.workload.FederatedCredential;
import io.coffer.wire.iam.v1.workload.FederatedCredentialServiceGrpc;
import io.coffer.wire.iam.v1.workload.GetFederatedCredentialRequest;
import io.coffer.wire.iam.v1.workload.ListFederatedCredentialsRequest;
import io.coffer.wire.iam.v1.workload.ListFederatedCredentialsResponse;
import io.coffer.wire.operation.Operation;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code yandex.cloud.iam.v1.workload.FederatedCredentialService}. */
public final class FederatedCredentialService implements Service {
  private final FederatedCredentials credentials;
  private final Function<io.coffer.core.operation.Operation, Operation> render;

  /**
   * Serves these credentials.
   *
   * @param render of operations of whatever kind
   */
  public FederatedCredentialService(
      FederatedCredentials credentials,
      Function<io.coffer.core.operation.Operation, Operation> render) {
    this.credentials = credentials;
    this.render = render;
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(
        Rpc.of(FederatedCredentialServiceGrpc.getGetMethod(), this::get),
        Rpc.of(FederatedCredentialServiceGrpc.getListMethod(), this::list),
        Rpc.of(FederatedCredentialServiceGrpc.getCreateMethod(), this::create),
        Rpc.of(FederatedCredentialServiceGrpc.getDeleteMethod(), this::delete));
  }

  private CompletionStage<FederatedCredential> get(
      Call call, GetFederatedCredentialRequest request) {
    return credentials
        .get(call, request.getFederatedCredentialId())
        .thenApply(WorkloadRender::credential);
  }

  private CompletionStage<ListFederatedCredentialsResponse> list(
      Call call, ListFederatedCredentialsRequest request) {
    return credentials
        .list(
            call,
            request.getServiceAccountId(),
            PageSize.of(request.getPageSize()),
            request.getPageToken())
        .thenApply(page ->
            ListFederatedCredentialsResponse.newBuilder()
                .addAllFederatedCredentials(
                    page.elements().stream().map(WorkloadRender::credential).toList())
                .setNextPageToken(page.nextToken())
                .build());
  }

  private CompletionStage<Operation> create(Call call, CreateFederatedCredentialRequest request) {
    return credentials.create(call, WorkloadRead.create(request)).thenApply(render);
  }

  private CompletionStage<Operation> delete(Call call, DeleteFederatedCredentialRequest request) {
    return credentials.delete(call, request.getFederatedCredentialId()).thenApply(render);
  }
}
