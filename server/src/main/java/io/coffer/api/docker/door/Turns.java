package io.coffer.api.docker.door;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.api.rpc.Connections;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Requests that a client sent in a row over one connection of HTTP/1 take place in that order, as
 * with an engine: what the first has made the second finds.
 */
final class Turns {
  private static final AttributeKey<CompletableFuture<Boolean>> LAST =
      AttributeKey.valueOf(Turns.class, "LAST");

  private Turns() {}

  /**
   * Completes when those before it are answered. To be called once, on the context's event loop.
   */
  static CompletionStage<Boolean> await(ServiceRequestContext ctx) {
    if (ctx.sessionProtocol().isMultiplex()) {
      return CompletableFuture.completedStage(true);
    }
    Attribute<CompletableFuture<Boolean>> last = Connections.of(ctx).attr(LAST);
    CompletableFuture<Boolean> answered = ctx.log().whenComplete().thenApply(_ -> true);
    CompletableFuture<Boolean> before = last.getAndSet(answered);
    return before == null ? CompletableFuture.completedStage(true) : before;
  }
}
