package io.coffer.api.rpc;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.grpc.protocol.GrpcHeaderNames;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.grpc.protobuf.ProtoServiceDescriptorSupplier;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Remote procedure calls over gRPC. Those on resources take one message and give one, so frames and
 * trailers are all there is to it, and {@link Dialog}s need little more; nothing of a gRPC server's
 * own machinery is loaded.
 */
public final class GrpcDoor implements HttpService {
  private static final ResponseHeaders HEADERS =
      ResponseHeaders.of(HttpStatus.OK, HttpHeaderNames.CONTENT_TYPE, Refusals.GRPC);
  private static final HttpHeaders OK = HttpHeaders.of(GrpcHeaderNames.GRPC_STATUS, "0");

  private final Map<String, HttpService> methods = new HashMap<>();
  private final HttpService rest;

  /**
   * Serves every method at its path.
   *
   * @param rest is left what is not for gRPC
   * @param stopping ends streams that would stay
   */
  public GrpcDoor(
      Desk desk,
      Collection<? extends Service> services,
      Collection<? extends Dialog<?, ?>> dialogs,
      HttpService rest,
      StopSignal stopping) {
    this.rest = rest;
    for (Service service : services) {
      for (Rpc<?, ?> rpc : service.rpcs()) {
        methods.put("/" + rpc.method().getFullMethodName(), new Method<>(desk, rpc));
      }
    }
    for (Dialog<?, ?> dialog : dialogs) {
      methods.put("/" + dialog.method(), new DialogMethod<>(dialog, stopping));
    }
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) throws Exception {
    return service(req.headers(), ctx.path()).serve(ctx, req);
  }

  @Override
  public ExchangeType exchangeType(RoutingContext routing) {
    return service(routing.headers(), routing.path()).exchangeType(routing);
  }

  private HttpService service(RequestHeaders headers, String path) {
    return Refusals.isGrpc(headers) ? methods.getOrDefault(path, GrpcDoor::unknown) : rest;
  }

  /** The services of all methods, as their published files describe them. */
  public static Collection<ServiceDescriptor> described(Collection<? extends Service> services) {
    Set<ServiceDescriptor> described = new LinkedHashSet<>();
    for (Service service : services) {
      for (Rpc<?, ?> rpc : service.rpcs()) {
        if (rpc.method().getSchemaDescriptor() instanceof ProtoServiceDescriptorSupplier schema) {
          described.add(schema.getServiceDescriptor());
        }
      }
    }
    return described;
  }

  private static HttpResponse unknown(ServiceRequestContext ctx, HttpRequest req) {
    req.abort();
    return Refusals.grpc(Code.UNIMPLEMENTED, "no such method", Requests.idOf(ctx)).toHttpResponse();
  }

  private static final class Method<Q extends Message, A extends Message> implements HttpService {
    private final Desk desk;
    private final Rpc<Q, A> rpc;
    private final Q prototype;

    Method(Desk desk, Rpc<Q, A> rpc) {
      this.desk = desk;
      this.rpc = rpc;
      this.prototype = Rpc.prototype(rpc.method().getRequestMarshaller());
    }

    /** Reads the message when it is wanted: limits and a stop count from the first line. */
    @Override
    public ExchangeType exchangeType(RoutingContext routing) {
      return ExchangeType.REQUEST_STREAMING;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
      return HttpResponse.of(
          req.aggregate().thenCompose(whole -> answer(ctx, whole)).toCompletableFuture());
    }

    private CompletionStage<HttpResponse> answer(
        ServiceRequestContext ctx, AggregatedHttpRequest req) {
      Call call = Requests.of(ctx);
      Q request;
      try {
        request = parse(req);
      } catch (CofferException e) {
        return CompletableFuture.completedStage(failure(e, call));
      }
      return Later.on(
          ctx,
          desk.answer(rpc, ctx, call, request),
          (answer, trouble) ->
              trouble != null || answer == null
                  ? failure(trouble == null ? new AssertionError("no answer") : trouble, call)
                  : success(answer));
    }

    @SuppressWarnings("unchecked") // A Q's parser makes a Q.
    private Q parse(AggregatedHttpRequest req) {
      if (req.method() != HttpMethod.POST) {
        throw new Problem.Unsupported("gRPC by another method than POST").asException();
      }
      try {
        return (Q) prototype.getParserForType().parseFrom(GrpcFrame.only(req.content().array()));
      } catch (InvalidProtocolBufferException e) {
        // Its words may repeat the bytes, and the bytes may hold a payload.
        throw new Problem.Invalid("message", "is not this request").asException();
      }
    }

    private HttpResponse success(A answer) {
      return HttpResponse.of(HEADERS, GrpcFrame.of(answer), OK);
    }

    private HttpResponse failure(Throwable trouble, Call call) {
      return Refusals.grpc(Problems.status(trouble, call.requestId())).toHttpResponse();
    }
  }
}
