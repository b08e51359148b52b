package io.coffer.api.rpc;

import com.google.protobuf.Message;
import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.auth.Bearer;
import io.coffer.core.Call;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What every call passes, whatever the transport: who asks, and is the request well-formed. */
public final class Desk {
  private final Bearer bearer;

  public Desk(Bearer bearer) {
    this.bearer = bearer;
  }

  /**
   * Answers one call.
   *
   * @param call with nobody believed yet
   * @param authorization the header, null if there was none
   */
  <Q extends Message, A extends Message> CompletionStage<A> answer(
      Rpc<Q, A> rpc, Call call, @Nullable String authorization, Q request) {
    try {
      Call believed =
          rpc.open()
              ? call
              : call.by(bearer.believe(Optional.ofNullable(authorization), call.at()));
      Constraints.check(request);
      return rpc.handler().answer(believed, request);
    } catch (CofferException e) {
      return e.problem() instanceof Problem.Unauthenticated
          ? bearer.refuse(call, rpc.method().getFullMethodName(), e)
          : CompletableFuture.failedStage(e);
    } catch (RuntimeException | AssertionError e) {
      return CompletableFuture.failedStage(e);
    }
  }
}
