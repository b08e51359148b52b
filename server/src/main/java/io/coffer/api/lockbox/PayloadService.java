package io.coffer.api.lockbox;

import io.coffer.api.rpc.RestAnswer;
import io.coffer.api.rpc.RestAsked;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
        Rpc.of(PayloadServiceGrpc.getGetMethod(), this::get).overRest(this::get),
        Rpc.of(PayloadServiceGrpc.getGetExMethod(), this::getEx));
  }

  /** As a poller asks: what he has is not sent again, nor opened. */
  private CompletionStage<RestAnswer<Payload>> get(
      Call call, GetPayloadRequest request, RestAsked asked) {
    if (!asked.isConditional()) {
      return tagged(call, request);
    }
    return payloads
        .current(call, request.getSecretId(), request.getVersionId())
        .thenCompose(version -> {
          Optional<String> known = version.map(PayloadService::etag).filter(asked::has);
          return known.isPresent()
              ? CompletableFuture.completedStage(RestAnswer.unchanged(known.get()))
              : tagged(call, request);
        });
  }

  private CompletionStage<RestAnswer<Payload>> tagged(Call call, GetPayloadRequest request) {
    return get(call, request)
        .thenApply(payload -> RestAnswer.tagged(payload, etag(payload.getVersionId())));
  }

  /**
   * The payload of a version never changes, so its id says all; of a value that a driver gave
   * nothing does.
   */
  private static String etag(String versionId) {
    return versionId.isEmpty() ? "" : "\"" + versionId + "\"";
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
