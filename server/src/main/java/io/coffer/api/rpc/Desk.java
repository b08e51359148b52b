package io.coffer.api.rpc;

import com.google.protobuf.Message;
import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.auth.IamTokens;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Event;
import io.coffer.core.Witness;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What every call passes, whatever the transport: who asks, and is the request well-formed. */
public final class Desk {
  private static final String BEARER = "Bearer ";

  private final IamTokens tokens;
  private final Witness witness;

  public Desk(IamTokens tokens, Witness witness) {
    this.tokens = tokens;
    this.witness = witness;
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
      Call believed = rpc.open() ? call : call.by(caller(call, authorization));
      Constraints.check(request);
      return rpc.handler().answer(believed, request);
    } catch (CofferException e) {
      return e.problem() instanceof Problem.Unauthenticated problem
          ? refuse(rpc, call, e, problem)
          : CompletableFuture.failedStage(e);
    } catch (RuntimeException | AssertionError e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private Caller caller(Call call, @Nullable String authorization) {
    if (authorization == null) {
      throw new Problem.Unauthenticated("The authorization header is missing.").asException();
    }
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw new Problem.Unauthenticated("The authorization header must be Bearer and an IAM token.")
          .asException();
    }
    return tokens.believe(authorization.substring(BEARER.length()).strip(), call.at());
  }

  private <A> CompletionStage<A> refuse(
      Rpc<?, ?> rpc, Call call, CofferException refusal, Problem problem) {
    Event asked =
        Event.of(Action.AUTHENTICATE, Event.word("method", rpc.method().getFullMethodName()));
    return witness
        .refused(call, asked, problem)
        .thenCompose(_ -> CompletableFuture.failedStage(refusal));
  }
}
