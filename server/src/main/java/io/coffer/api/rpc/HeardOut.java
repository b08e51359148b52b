package io.coffer.api.rpc;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A refusal that does not depend on what is asked, told when all has been said, of which nothing is
 * kept: a client that is cut off in the middle may see that its stream was reset and not why. Who
 * goes on for long is cut off.
 */
public final class HeardOut {
  private static final Duration HEARD_MAX = Duration.ofSeconds(1);

  private HeardOut() {}

  public static HttpResponse refuse(
      ServiceRequestContext ctx, HttpRequest req, AggregatedHttpResponse refusal) {
    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    Runnable refuse = () -> answer.complete(refusal.toHttpResponse());
    var _ = req.subscribe().whenComplete((_, _) -> refuse.run());
    if (!answer.isDone()) {
      var _ = ctx.eventLoop().schedule(refuse, HEARD_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }
    return HttpResponse.of(answer);
  }
}
