package io.coffer.api.rpc;

import com.google.rpc.Code;
import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** REST and gRPC while the store is sealed: health says so, all else is refused as unavailable. */
public final class SealedApi implements HttpService {
  public static final String WORDS =
      "coffer is sealed; an operator opens it with: coffer operator unseal";

  private final Map<String, HttpService> health;
  private final Map<String, HttpService> others;

  /**
   * @param ending ends the streams of those who watch
   * @param others by path, what says so in a form of its own
   */
  public SealedApi(StopSignal ending, Map<String, HttpService> others) {
    this.others = Map.copyOf(others);
    this.health =
        HealthService.notServing().stream()
            .collect(Collectors.toUnmodifiableMap(dialog -> "/" + dialog.method(), method(ending)));
  }

  private static Function<Dialog<?, ?>, HttpService> method(StopSignal ending) {
    return dialog -> new DialogMethod<>(dialog, ending);
  }

  /** Fit for whatever is asked: the store may be open when it is answered. */
  @Override
  public ExchangeType exchangeType(RoutingContext routing) {
    return ExchangeType.BIDI_STREAMING;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) throws Exception {
    HttpService other = others.get(ctx.path());
    if (other != null) {
      return other.serve(ctx, req);
    }
    String id = Requests.idOf(ctx);
    if (!Refusals.isGrpc(req.headers())) {
      return HeardOut.refuse(
          ctx, req, Refusals.rest(HttpStatus.SERVICE_UNAVAILABLE, Code.UNAVAILABLE, WORDS, id));
    }
    HttpService asked = health.get(ctx.path());
    return asked == null
        ? HeardOut.refuse(ctx, req, Refusals.grpc(Code.UNAVAILABLE, WORDS, id))
        : asked.serve(ctx, req);
  }
}
