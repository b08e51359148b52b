package io.coffer.api.rpc;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.grpc.GrpcServiceBuilder;
import io.coffer.core.Call;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.Collection;

/** Remote procedure calls over gRPC. */
public final class GrpcDoor {
  /** Greater than any request: a payload of 64 KiB with its metadata is far below. */
  private static final int REQUEST_MAX = 4 << 20;

  private final Desk desk;

  private GrpcDoor(Desk desk) {
    this.desk = desk;
  }

  public static GrpcService of(Desk desk, Collection<? extends Service> services) {
    GrpcDoor door = new GrpcDoor(desk);
    GrpcServiceBuilder grpc =
        GrpcService.builder()
            .supportedSerializationFormats(GrpcSerializationFormats.PROTO)
            .maxRequestMessageLength(REQUEST_MAX)
            .enableHealthCheckService(true);
    for (Service service : services) {
      grpc.addService(door.definition(service));
    }
    return grpc.build();
  }

  private ServerServiceDefinition definition(Service service) {
    String name = service.rpcs().getFirst().method().getServiceName();
    if (name == null) {
      throw new AssertionError("a method of no service");
    }
    ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(name);
    for (Rpc<?, ?> rpc : service.rpcs()) {
      add(definition, rpc);
    }
    return definition.build();
  }

  private <Q extends Message, A extends Message> void add(
      ServerServiceDefinition.Builder definition, Rpc<Q, A> rpc) {
    definition.addMethod(
        rpc.method(),
        ServerCalls.asyncUnaryCall((request, observer) -> answer(rpc, request, observer)));
  }

  private <Q extends Message, A extends Message> void answer(
      Rpc<Q, A> rpc, Q request, StreamObserver<A> observer) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    Call call = Requests.of(ctx);
    String authorization = ctx.request().headers().get(HttpHeaderNames.AUTHORIZATION);
    var _ =
        Later.on(
            ctx,
            desk.answer(rpc, call, authorization, request),
            (answer, trouble) -> {
              if (trouble != null || answer == null) {
                Throwable cause = trouble == null ? new AssertionError("no answer") : trouble;
                observer.onError(
                    StatusProto.toStatusRuntimeException(Problems.status(cause, call.requestId())));
              } else {
                observer.onNext(answer);
                observer.onCompleted();
              }
              return true;
            });
  }
}
