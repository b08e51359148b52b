package io.coffer.api.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.grpc.protocol.ArmeriaStatusException;
import com.linecorp.armeria.common.grpc.protocol.GrpcHeaderNames;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import com.linecorp.armeria.server.grpc.protocol.AbstractUnaryGrpcService;
import io.coffer.Problem;
import io.coffer.core.Call;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Remote procedure calls over gRPC. All of ours take one message and give one, so frames and
 * trailers are all there is to it; nothing of a gRPC server's own machinery is loaded.
 */
public final class GrpcDoor {
  private static final String GRPC = "application/grpc";
  private static final String UNIMPLEMENTED = "12";

  private GrpcDoor() {}

  /** Adds every method at its path. */
  public static void bind(ServerBuilder server, Desk desk, Collection<? extends Service> services) {
    for (Service service : services) {
      for (Rpc<?, ?> rpc : service.rpcs()) {
        server.service("exact:/" + rpc.method().getFullMethodName(), new Method<>(desk, rpc));
      }
    }
  }

  /** Answers unknown methods as gRPC does, and leaves everything else to {@code rest}. */
  public static HttpService unknownOr(HttpService rest) {
    return new UnknownMethod(rest);
  }

  private static final class UnknownMethod extends SimpleDecoratingHttpService {
    UnknownMethod(HttpService rest) {
      super(rest);
    }

    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) throws Exception {
      String type = req.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
      return type.startsWith(GRPC)
          ? HttpResponse.of(
              ResponseHeaders.builder(HttpStatus.OK)
                  .add(HttpHeaderNames.CONTENT_TYPE, GRPC)
                  .add(GrpcHeaderNames.GRPC_STATUS, UNIMPLEMENTED)
                  .add(GrpcHeaderNames.GRPC_MESSAGE, "no such method")
                  .build())
          : unwrap().serve(ctx, req);
    }
  }

  private static final class Method<Q extends Message, A extends Message>
      extends AbstractUnaryGrpcService {
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
    protected CompletionStage<byte[]> handleMessage(ServiceRequestContext ctx, byte[] message) {
      Call call = Requests.of(ctx);
      Q request;
      try {
        request = parse(message);
      } catch (InvalidProtocolBufferException e) {
        // Its words may repeat the bytes, and the bytes may hold a payload.
        return CompletableFuture.failedStage(
            status(new Problem.Invalid("message", "is not this request").asException(), call));
      }
      String authorization = ctx.request().headers().get(HttpHeaderNames.AUTHORIZATION);
      return Later.on(
          ctx,
          desk.answer(rpc, call, authorization, request),
          (answer, trouble) -> {
            if (trouble != null || answer == null) {
              throw status(trouble == null ? new AssertionError("no answer") : trouble, call);
            }
            return answer.toByteArray();
          });
    }

    @SuppressWarnings("unchecked") // A Q's parser makes a Q.
    private Q parse(byte[] message) throws InvalidProtocolBufferException {
      return (Q) prototype.getParserForType().parseFrom(message);
    }

    private static ArmeriaStatusException status(Throwable trouble, Call call) {
      com.google.rpc.Status status = Problems.status(trouble, call.requestId());
      return new ArmeriaStatusException(
          status.getCode(), status.getMessage(), status.toByteArray());
    }
  }
}
