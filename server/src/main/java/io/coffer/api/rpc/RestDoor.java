package io.coffer.api.rpc;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.RequestInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.wire.quota.QuotaFailure;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Remote procedure calls over REST, by the http rules of their descriptors. The body is JSON
 * whatever its Content-Type says, since clients say nothing or something else.
 */
public final class RestDoor implements HttpService {
  private static final int CLIENT_CLOSED_REQUEST = 499;
  private static final String JSON = "application/json";

  private final Desk desk;
  private final List<Route> routes = new ArrayList<>();
  private final List<RestStream> streams;
  private final JsonForm json;

  /**
   * Routes to the methods of {@code services}.
   *
   * @param packed messages that go into an {@code Any} of some answer
   */
  public RestDoor(
      Desk desk,
      Collection<? extends Service> services,
      Collection<RestStream> streams,
      Collection<Descriptor> packed) {
    this.desk = desk;
    this.streams = List.copyOf(streams);
    List<Descriptor> types = new ArrayList<>(packed);
    types.add(RequestInfo.getDescriptor());
    types.add(RetryInfo.getDescriptor());
    types.add(BadRequest.getDescriptor());
    types.add(Status.getDescriptor());
    types.add(QuotaFailure.getDescriptor());
    for (Service service : services) {
      for (Rpc<?, ?> rpc : service.rpcs()) {
        HttpRule rule = rule(rpc);
        if (rule.getPatternCase() == HttpRule.PatternCase.PATTERN_NOT_SET) {
          continue; // Over gRPC only, as it was published.
        }
        routes.add(Route.of(rpc, rule));
        rule.getAdditionalBindingsList().forEach(more -> routes.add(Route.of(rpc, more)));
        also(rpc);
        types.add(Rpc.prototype(rpc.method().getRequestMarshaller()).getDescriptorForType());
        types.add(Rpc.prototype(rpc.method().getResponseMarshaller()).getDescriptorForType());
      }
    }
    this.json = new JsonForm(types);
  }

  /** Paths that the documentation gives and the descriptors do not. */
  private void also(Rpc<?, ?> rpc) {
    if (rpc.method().getFullMethodName().equals("yandex.cloud.operation.OperationService/Cancel")) {
      routes.add(Route.of(rpc, "POST", "/operations/{operation_id}:cancel", false));
    }
    if (rpc.method().getFullMethodName().equals("yandex.cloud.iam.v1.ApiKeyService/ListScopes")) {
      routes.add(Route.of(rpc, "GET", "/iam/v1/apiKeys/scopes", false));
    }
  }

  private static HttpRule rule(Rpc<?, ?> rpc) {
    if (rpc.method().getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema) {
      return schema.getMethodDescriptor().getOptions().getExtension(AnnotationsProto.http);
    }
    throw new AssertionError("no descriptor of " + rpc.method().getFullMethodName());
  }

  /**
   * But for streams an answer is whole, one write; a request counts from its first line, lest a
   * stop cut it off.
   */
  @Override
  public ExchangeType exchangeType(RoutingContext routing) {
    return stream(routing.method(), routing.path()).isPresent()
        ? ExchangeType.BIDI_STREAMING
        : ExchangeType.REQUEST_STREAMING;
  }

  private Optional<RestStream> stream(HttpMethod method, String path) {
    return method == HttpMethod.GET
        ? streams.stream().filter(stream -> stream.path().equals(path)).findFirst()
        : Optional.empty();
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    Optional<RestStream> stream = stream(req.method(), ctx.path());
    if (stream.isPresent()) {
      return HttpResponse.of(
          req.aggregate()
              .thenCompose(whole -> open(ctx, stream.get(), whole))
              .toCompletableFuture());
    }
    return HttpResponse.of(
        req.aggregate().thenCompose(whole -> serve(ctx, whole)).toCompletableFuture());
  }

  private CompletionStage<HttpResponse> open(
      ServiceRequestContext ctx, RestStream stream, AggregatedHttpRequest req) {
    Call call = Requests.of(ctx);
    RestAsked asked = new RestAsked(req.headers(), ctx.queryParams());
    return Later.on(
        ctx,
        desk.open(stream, ctx, call, asked),
        (answer, trouble) ->
            trouble != null || answer == null
                ? failure(trouble == null ? new AssertionError("no answer") : trouble, call)
                : answer);
  }

  private CompletionStage<HttpResponse> serve(
      ServiceRequestContext ctx, AggregatedHttpRequest req) {
    Call call = Requests.of(ctx);
    String path = ctx.request().headers().path();
    int question = path.indexOf('?');
    QueryParams query =
        question < 0 ? QueryParams.of() : QueryParams.fromQueryString(path.substring(question + 1));
    List<String> segments = segments(question < 0 ? path : path.substring(0, question));
    String last = segments.getLast();
    int colon = last.lastIndexOf(':');
    String verb = colon < 0 ? "" : last.substring(colon + 1);
    List<String> plain = new ArrayList<>(segments);
    plain.set(plain.size() - 1, colon < 0 ? last : last.substring(0, colon));
    boolean pathKnown = false;
    for (Route route : routes) {
      Optional<List<String>> values = route.match(plain, verb);
      if (values.isPresent()) {
        pathKnown = true;
        if (route.httpMethod().equals(req.method().name())) {
          return answer(ctx, call, route, route.rpc(), values.get(), query, req);
        }
      }
    }
    Problem unknown =
        pathKnown
            ? new Problem.Unsupported("this method on this path")
            : new Problem.NotFound(
                "path", segments.equals(List.of("")) ? "/" : String.join("/", segments));
    return CompletableFuture.completedStage(failure(unknown.asException(), call));
  }

  private <Q extends Message, A extends Message> CompletionStage<HttpResponse> answer(
      ServiceRequestContext ctx,
      Call call,
      Route route,
      Rpc<Q, A> rpc,
      List<String> values,
      QueryParams query,
      AggregatedHttpRequest req) {
    Q request;
    try {
      request = request(route, rpc, values, query, req);
    } catch (RuntimeException e) {
      return CompletableFuture.completedStage(failure(e, call));
    }
    return Later.on(
        ctx,
        desk.answer(rpc, ctx, call, new RestAsked(req.headers(), query), request),
        (answer, trouble) ->
            trouble != null || answer == null
                ? failure(trouble == null ? new AssertionError("no answer") : trouble, call)
                : success(answer));
  }

  @SuppressWarnings("unchecked") // The builder of a Q's prototype builds a Q.
  private <Q extends Message> Q request(
      Route route,
      Rpc<Q, ?> rpc,
      List<String> values,
      QueryParams query,
      AggregatedHttpRequest req) {
    Message.Builder request =
        Rpc.prototype(rpc.method().getRequestMarshaller()).newBuilderForType();
    if (route.hasBody()) {
      json.parse(req.content().array(), request);
    } else {
      for (Map.Entry<String, String> parameter : query) {
        QueryFields.set(request, parameter.getKey(), parameter.getValue());
      }
    }
    route.bind(values, request);
    return (Q) request.build();
  }

  private HttpResponse success(RestAnswer<? extends Message> answer) {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(
            answer.message().isPresent() ? HttpStatus.OK : HttpStatus.NOT_MODIFIED);
    if (!answer.etag().isEmpty()) {
      headers.add(HttpHeaderNames.ETAG, answer.etag());
      // For who asks again on purpose; nobody's cache is to keep a value.
      headers.add(HttpHeaderNames.CACHE_CONTROL, "private, no-store");
    }
    return answer
        .message()
        .map(message ->
            HttpResponse.of(
                headers.add(HttpHeaderNames.CONTENT_TYPE, JSON).build(),
                HttpData.ofUtf8(json.print(message))))
        .orElseGet(() -> HttpResponse.of(headers.build()));
  }

  private HttpResponse failure(Throwable trouble, Call call) {
    Status status = Problems.status(trouble, call.requestId());
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(http(status.getCode())).add(HttpHeaderNames.CONTENT_TYPE, JSON);
    Problems.retryAfter(trouble)
        .ifPresent(seconds -> headers.addLong(HttpHeaderNames.RETRY_AFTER, seconds));
    return HttpResponse.of(headers.build(), HttpData.ofUtf8(json.print(status)));
  }

  private static HttpStatus http(int code) {
    return switch (com.google.rpc.Code.forNumber(code)) {
      case OK -> HttpStatus.OK;
      case CANCELLED -> HttpStatus.valueOf(CLIENT_CLOSED_REQUEST);
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> HttpStatus.BAD_REQUEST;
      case DEADLINE_EXCEEDED -> HttpStatus.GATEWAY_TIMEOUT;
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case ALREADY_EXISTS, ABORTED -> HttpStatus.CONFLICT;
      case PERMISSION_DENIED -> HttpStatus.FORBIDDEN;
      case RESOURCE_EXHAUSTED -> HttpStatus.TOO_MANY_REQUESTS;
      case UNIMPLEMENTED -> HttpStatus.NOT_IMPLEMENTED;
      case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
      case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
      case UNKNOWN, INTERNAL, DATA_LOSS, UNRECOGNIZED -> HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String part : path.substring(1).split("/", -1)) {
      segments.add(decode(part));
    }
    return segments;
  }

  private static String decode(String part) {
    try {
      // In a path a plus is a plus.
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return part;
    }
  }
}
