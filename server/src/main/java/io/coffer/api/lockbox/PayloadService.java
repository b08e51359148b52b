package io.coffer.api.lockbox;

import io.coffer.api.rpc.Rpc;
import io.coffer.api.rpc.Service;
import io.coffer.core.Call;
import io.coffer.core.secret.Payloads;
import io.coffer.wire.lockbox.v1.GetExRequest;
import io.coffer.wire.lockbox.v1.GetExResponse;
import io.coffer.wire.lockbox.v1.GetPayloadRequest;
import io.coffer.wire.lockbox.v1.Payload;
import io.coffer.wire.lockbox.v1.PayloadServiceGrpc;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code yandex.cloud.lockbox.v1.PayloadService}. */
public final class PayloadService implements Service {
  private final Payloads payloads;

  public PayloadService(Payloads payloads) {
    this.payloads = payloads;
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(
        Rpc.of(PayloadServiceGrpc.getGetMethod(), this::get),
        Rpc.of(PayloadServiceGrpc.getGetExMethod(), this::getEx));
  }

  private CompletionStage<Payload> get(Call call, GetPayloadRequest request) {
    return payloads
        .get(call, request.getSecretId(), request.getVersionId())
        .thenApply(payload -> {
          try (payload) {
            return LockboxRender.payload(payload);
          }
        });
  }

  private CompletionStage<GetExResponse> getEx(Call call, GetExRequest request) {
    return payloads
        .getEx(call, LockboxRead.reference(request), request.getVersionId())
        .thenApply(payload -> {
          try (payload) {
            return LockboxRender.payloadEx(payload);
          }
        });
  }
}
