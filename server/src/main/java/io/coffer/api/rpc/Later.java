package io.coffer.api.rpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Goes on with an answer where its connection lives. Verbs complete on the committer's thread,
 * which must not be held up by rendering.
 */
public final class Later {
  private Later() {}

  /**
   * Goes on with {@code then}.
   *
   * @param then is given the answer, or null and what went wrong; on the context's event loop, at
   *     once if the stage is complete
   */
  public static <A, R> CompletionStage<R> on(
      ServiceRequestContext ctx,
      CompletionStage<A> stage,
      BiFunction<@Nullable A, @Nullable Throwable, R> then) {
    return stage.toCompletableFuture().isDone() && ctx.eventLoop().inEventLoop()
        ? stage.handle(then)
        : stage.handleAsync(then, ctx.eventLoop());
  }
}
