package io.coffer.api.rpc;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.grpc.protocol.ArmeriaStatusException;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.protocol.AbstractUnaryGrpcService;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.grpc.protobuf.ProtoServiceDescriptorSupplier;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Remote procedure calls over gRPC. Those on resources take one message and give one, so frames and
 * trailers are all there is to it, and {@link Dialog}s need little more; nothing of a gRPC server's
 * own machinery is loaded.
 */
public final class GrpcDoor {
  private GrpcDoor() {}

  /** Adds every method at its path. A request there that is not for gRPC is left to REST. */
  public static void bind(
      ServerBuilder server,
      Desk desk,
      Collection<? extends Service> services,
      Collection<? extends Dialog<?, ?>> dialogs,
      HttpService rest,
      StopSignal stopping) {
    for (Service service : services) {
      for (Rpc<?, ?> rpc : service.rpcs()) {
        String path = "exact:/" + rpc.method().getFullMethodName();
        server.service(path, new ByTransport(new Method<>(desk, rpc), rest));
      }
    }
    for (Dialog<?, ?> dialog : dialogs) {
      server.service(
          "exact:/" + dialog.method(), new ByTransport(new DialogMethod<>(dialog, stopping), rest));
    }
    server.serviceUnder("/", new ByTransport(GrpcDoor::unknown, rest));
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

  /** What gRPC's clients ask is for one service, all else for the other. */
  private record ByTransport(HttpService grpc, HttpService rest) implements HttpService {
    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) throws Exception {
      return (Refusals.isGrpc(req.headers()) ? grpc : rest).serve(ctx, req);
    }

    @Override
    public ExchangeType exchangeType(RoutingContext routing) {
      return (Refusals.isGrpc(routing.headers()) ? grpc : rest).exchangeType(routing);
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
      return Later.on(
          ctx,
          desk.answer(rpc, call, ctx.request().headers(), request),
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
