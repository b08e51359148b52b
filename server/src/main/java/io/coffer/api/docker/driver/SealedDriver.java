package io.coffer.api.docker.driver;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.api.docker.wire.DriverJson;
import io.coffer.api.rpc.HeardOut;

/** What managers of a swarm hear while the store is sealed. */
public final class SealedDriver implements HttpService {
  private static final String WORDS =
      "coffer is sealed; an operator opens it with: coffer operator unseal";

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
        AggregatedHttpResponse.of(
            DriverAnswer.headers(HttpStatus.SERVICE_UNAVAILABLE),
            HttpData.wrap(DriverJson.error(WORDS))));
  }
}
