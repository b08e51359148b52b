package io.coffer.api.rpc;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.CofferException;
import io.coffer.auth.Gate;
import io.coffer.core.Call;
import io.coffer.core.Once;
import io.coffer.core.Onces;
import io.coffer.core.Verbs;
import io.coffer.wire.operation.Operation;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What every call passes, whatever the transport: who asks, and is the request well-formed. */
public final class Desk {
  private final Gate gate;
  private final IdempotencyKeys keys;
  private final Rpc.Handler<String, Operation> operations;
  private final InstantSource clock;

  /**
   * @param operations tells of an operation by its id, to whom made it
   */
  public Desk(
      Gate gate,
      IdempotencyKeys keys,
      Rpc.Handler<String, Operation> operations,
      InstantSource clock) {
    this.gate = gate;
    this.keys = keys;
    this.operations = operations;
    this.clock = clock;
  }

  /**
   * Answers one call.
   *
   * @param ctx says who asks, in its headers or in the handshake
   * @param call with nobody believed yet
   */
  <Q extends Message, A extends Message> CompletionStage<A> answer(
      Rpc<Q, A> rpc, ServiceRequestContext ctx, Call call, Q request) {
    return answer(rpc, ctx, call, request, rpc.handler(), again -> again);
  }

  /** As the other, for REST, which can say more. */
  <Q extends Message, A extends Message> CompletionStage<RestAnswer<A>> answer(
      Rpc<Q, A> rpc, ServiceRequestContext ctx, Call call, RestAsked asked, Q request) {
    return answer(
        rpc,
        ctx,
        call,
        request,
        (believed, known) -> rpc.rest().answer(believed, known, asked),
        RestAnswer::of);
  }

  /** Begins a stream for whoever is believed. */
  CompletionStage<HttpResponse> open(
      RestStream stream, ServiceRequestContext ctx, Call call, RestAsked asked) {
    try {
      return stream
          .handler()
          .open(ctx, admitted(call, ctx), asked, () -> believed(call.asOf(clock.instant()), ctx));
    } catch (CofferException e) {
      return gate.refuse(call, stream.path(), e);
    } catch (RuntimeException | AssertionError e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private Call admitted(Call call, ServiceRequestContext ctx) {
    return call.by(gate.admit(Requests.credentials(ctx), call));
  }

  /** Still: a stream that goes on is no other request. */
  private Call believed(Call call, ServiceRequestContext ctx) {
    return call.by(gate.believe(Requests.credentials(ctx), call));
  }

  private <Q extends Message, A extends Message, R> CompletionStage<R> answer(
      Rpc<Q, A> rpc,
      ServiceRequestContext ctx,
      Call call,
      Q request,
      Rpc.Handler<Q, R> handler,
      Function<A, R> again) {
    try {
      Call believed = rpc.open() ? call : admitted(call, ctx);
      Constraints.check(request);
      Optional<Once> once =
          keys.of(rpc, believed, ctx.request().headers().get(IdempotencyKeys.HEADER), request);
      return once.isEmpty()
          ? handler.answer(believed, request)
          : handler
              .answer(believed.once(once.get()), request)
              .exceptionallyCompose(trouble -> again(believed, trouble, again));
    } catch (CofferException e) {
      return gate.refuse(call, rpc.method().getFullMethodName(), e);
    } catch (RuntimeException | AssertionError e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** What was done before is told again, as it was answered then. */
  @SuppressWarnings("unchecked") // What is done once answers with an operation, and this is one.
  private <A extends Message, R> CompletionStage<R> again(
      Call believed, Throwable trouble, Function<A, R> render) {
    Throwable cause = Verbs.cause(trouble);
    return cause instanceof Onces.Done done
        ? operations
            .answer(believed, done.operationId())
            .thenApply(operation -> render.apply((A) operation))
        : CompletableFuture.failedStage(cause);
  }
}
