package io.coffer.api.docker.door;

import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.api.docker.wire.VersionedPath;
import io.coffer.api.rpc.HeardOut;

/** The Docker door while the store is sealed: every page, also {@code /_ping}, says so. */
public final class SealedDocker implements HttpService {
  /** Fit for whatever is asked: the store may be open when it is answered. */
  @Override
  public ExchangeType exchangeType(RoutingContext routing) {
    return ExchangeType.BIDI_STREAMING;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    return HeardOut.refuse(
        ctx,
        req,
        DockerAnswer.whole(
            Unready.SEALED.error(), VersionedPath.of(req.headers().path()).version()));
  }
}
