package io.coffer.server;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;

/**
 * The limit on bodies. Whoever says beforehand that his is longer may say all of it before he is
 * refused, and nothing of it is kept: over HTTP/2 a client that is cut off in the middle may see
 * that its stream was reset and not why. Bodies of unknown length are cut off.
 */
final class HearOut implements DecoratingHttpServiceFunction {
  /** What says that it is longer than this is cut off all the same. */
  static final long HEARD_MAX = 64 << 20;

  private final RestErrors errors;

  HearOut(RestErrors errors) {
    this.errors = errors;
  }

  @Override
  public HttpResponse serve(HttpService delegate, ServiceRequestContext ctx, HttpRequest req)
      throws Exception {
    if (req.headers().contentLength() <= Listeners.API_REQUEST_MAX) {
      ctx.setMaxRequestLength(Listeners.API_REQUEST_MAX);
      return delegate.serve(ctx, req);
    }
    return HttpResponse.of(
        req.subscribe()
            .thenApply(_ ->
                errors
                    .render(ctx, req.headers(), HttpStatus.REQUEST_ENTITY_TOO_LARGE)
                    .toHttpResponse()));
  }
}
