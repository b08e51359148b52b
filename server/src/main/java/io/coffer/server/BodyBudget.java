package io.coffer.server;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.Semaphore;

/**
 * Bounds what the bodies of all requests in flight may take together, of both doors, before anybody
 * has said who he is. Small ones pass: as many as there can be connections fit into memory.
 */
final class BodyBudget implements DecoratingHttpServiceFunction {
  private static final int SMALL = 16 << 10;
  private static final int TOTAL_KIB = 128 << 10;

  private final Semaphore kib = new Semaphore(TOTAL_KIB);

  @Override
  public HttpResponse serve(HttpService delegate, ServiceRequestContext ctx, HttpRequest req)
      throws Exception {
    long declared = req.headers().contentLength();
    boolean none = declared < 0 && req.headers().isEndOfStream();
    if (none || (declared >= 0 && declared <= SMALL)) {
      return delegate.serve(ctx, req);
    }
    // A body of unknown length may become as long as any.
    long bytes = declared < 0 ? ctx.maxRequestLength() : Math.min(declared, ctx.maxRequestLength());
    int permits = Math.toIntExact((bytes + 1023) / 1024);
    if (!kib.tryAcquire(permits)) {
      throw HttpStatusException.of(HttpStatus.SERVICE_UNAVAILABLE);
    }
    // Once the answer begins the body has been read; an answer that streams may last for days.
    var _ =
        ctx.log()
            .whenAvailable(RequestLogProperty.RESPONSE_HEADERS)
            .thenRun(() -> kib.release(permits));
    return delegate.serve(ctx, req);
  }
}
