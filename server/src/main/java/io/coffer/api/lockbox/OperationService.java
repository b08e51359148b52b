package io.coffer.api.lockbox;

import io.coffer.api.rpc.Rpc;
import io.coffer.api.rpc.Service;
import io.coffer.core.Call;
import io.coffer.core.operation.Operations;
import io.coffer.wire.operation.CancelOperationRequest;
import io.coffer.wire.operation.GetOperationRequest;
import io.coffer.wire.operation.Operation;
import io.coffer.wire.operation.OperationServiceGrpc;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code yandex.cloud.operation.OperationService}. */
public final class OperationService implements Service {
  private final Operations operations;

  public OperationService(Operations operations) {
    this.operations = operations;
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(
        Rpc.of(OperationServiceGrpc.getGetMethod(), this::get),
        Rpc.of(OperationServiceGrpc.getCancelMethod(), this::cancel));
  }

  private CompletionStage<Operation> get(Call call, GetOperationRequest request) {
    return get(call, request.getOperationId());
  }

  /** The operation, as it was answered when it was done. */
  public CompletionStage<Operation> get(Call call, String operationId) {
    return operations.get(call, operationId).thenApply(LockboxRender::operation);
  }

  private CompletionStage<Operation> cancel(Call call, CancelOperationRequest request) {
    return operations.cancel(call, request.getOperationId()).thenApply(LockboxRender::operation);
  }
}
