package io.coffer.api.iam;

import io.coffer.api.access.BindingCalls;
import io.coffer.api.rpc.NameFilter;
import io.coffer.api.rpc.PageSize;
import io.coffer.api.rpc.Rpc;
import io.coffer.api.rpc.Service;
import io.coffer.core.Call;
import io.coffer.core.binding.Bindings;
import io.coffer.core.binding.Bound;
import io.coffer.core.iam.ServiceAccounts;
import io.coffer.wire.iam.v1.CreateServiceAccountRequest;
import io.coffer.wire.iam.v1.DeleteServiceAccountRequest;
import io.coffer.wire.iam.v1.GetServiceAccountRequest;
import io.coffer.wire.iam.v1.ListServiceAccountOperationsRequest;
import io.coffer.wire.iam.v1.ListServiceAccountOperationsResponse;
import io.coffer.wire.iam.v1.ListServiceAccountsRequest;
import io.coffer.wire.iam.v1.ListServiceAccountsResponse;
import io.coffer.wire.iam.v1.ReactivateServiceAccountRequest;
import io.coffer.wire.iam.v1.ServiceAccount;
import io.coffer.wire.iam.v1.ServiceAccountServiceGrpc;
import io.coffer.wire.iam.v1.SuspendServiceAccountRequest;
import io.coffer.wire.iam.v1.UpdateServiceAccountRequest;
import io.coffer.wire.operation.Operation;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code yandex.cloud.iam.v1.ServiceAccountService}. */
public final class ServiceAccountService implements Service {
  private final ServiceAccounts accounts;
  private final BindingCalls bindings;
  private final Function<io.coffer.core.operation.Operation, Operation> render;

  /**
   * Serves these accounts.
   *
   * @param render of operations of whatever kind
   */
  public ServiceAccountService(
      ServiceAccounts accounts,
      Bindings bindings,
      Function<io.coffer.core.operation.Operation, Operation> render) {
    this.accounts = accounts;
    this.bindings = new BindingCalls(bindings, Bound::serviceAccount, render);
    this.render = render;
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(
        Rpc.of(ServiceAccountServiceGrpc.getGetMethod(), this::get),
        Rpc.of(ServiceAccountServiceGrpc.getListMethod(), this::list),
        Rpc.of(ServiceAccountServiceGrpc.getCreateMethod(), this::create),
        Rpc.of(ServiceAccountServiceGrpc.getUpdateMethod(), this::update),
        Rpc.of(ServiceAccountServiceGrpc.getDeleteMethod(), this::delete),
        Rpc.of(ServiceAccountServiceGrpc.getSuspendMethod(), this::suspend),
        Rpc.of(ServiceAccountServiceGrpc.getReactivateMethod(), this::reactivate),
        Rpc.of(ServiceAccountServiceGrpc.getListOperationsMethod(), this::listOperations),
        Rpc.of(ServiceAccountServiceGrpc.getListAccessBindingsMethod(), bindings::list),
        Rpc.of(ServiceAccountServiceGrpc.getSetAccessBindingsMethod(), bindings::set),
        Rpc.of(ServiceAccountServiceGrpc.getUpdateAccessBindingsMethod(), bindings::update));
  }

  private CompletionStage<ServiceAccount> get(Call call, GetServiceAccountRequest request) {
    return accounts.get(call, request.getServiceAccountId()).thenApply(IamRender::account);
  }

  private CompletionStage<ListServiceAccountsResponse> list(
      Call call, ListServiceAccountsRequest request) {
    return accounts
        .list(
            call,
            request.getFolderId(),
            NameFilter.parse(request.getFilter()),
            PageSize.of(request.getPageSize()),
            request.getPageToken())
        .thenApply(page ->
            ListServiceAccountsResponse.newBuilder()
                .addAllServiceAccounts(page.elements().stream().map(IamRender::account).toList())
                .setNextPageToken(page.nextToken())
                .build());
  }

  private CompletionStage<Operation> create(Call call, CreateServiceAccountRequest request) {
    return accounts.create(call, IamRead.create(request)).thenApply(render);
  }

  private CompletionStage<Operation> update(Call call, UpdateServiceAccountRequest request) {
    return accounts.update(call, IamRead.update(request)).thenApply(render);
  }

  private CompletionStage<Operation> delete(Call call, DeleteServiceAccountRequest request) {
    return accounts.delete(call, request.getServiceAccountId()).thenApply(render);
  }

  private CompletionStage<Operation> suspend(Call call, SuspendServiceAccountRequest request) {
    return accounts
        .suspend(
            call,
            request.getServiceAccountId(),
            request.getReason(),
            IamRead.end(request.hasExpiresAt(), request.getExpiresAt()))
        .thenApply(render);
  }

  private CompletionStage<Operation> reactivate(
      Call call, ReactivateServiceAccountRequest request) {
    return accounts.reactivate(call, request.getServiceAccountId()).thenApply(render);
  }

  private CompletionStage<ListServiceAccountOperationsResponse> listOperations(
      Call call, ListServiceAccountOperationsRequest request) {
    return accounts
        .listOperations(
            call,
            request.getServiceAccountId(),
            PageSize.of(request.getPageSize()),
            request.getPageToken())
        .thenApply(page ->
            ListServiceAccountOperationsResponse.newBuilder()
                .addAllOperations(page.elements().stream().map(render).toList())
                .setNextPageToken(page.nextToken())
                .build());
  }
}
