package io.coffer.api.rpc;

import com.google.errorprone.annotations.CompileTimeConstant;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.grpc.protocol.ArmeriaMessageDeframer;
import com.linecorp.armeria.common.grpc.protocol.DeframedMessage;
import com.linecorp.armeria.common.grpc.protocol.GrpcHeaderNames;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Serves a {@link Dialog}: the next request is read when the last answer has gone out. */
final class DialogMethod<Q extends Message, A extends Message> implements HttpService {
  /** Streams of this dialog open at once: they cost memory, and anybody may open one. */
  static final int STREAMS_MAX = 1_000;

  /** Of those, how many over one connection. */
  static final int OF_CONNECTION_MAX = 100;

  private static final int REQUEST_BYTES_MAX = 64 << 10;
  private static final AttributeKey<AtomicInteger> OF_CONNECTION =
      AttributeKey.valueOf(DialogMethod.class, "streams");

  private final Dialog<Q, A> dialog;
  private final StopSignal stopping;
  private final Semaphore streams = new Semaphore(STREAMS_MAX);

  DialogMethod(Dialog<Q, A> dialog, StopSignal stopping) {
    this.dialog = dialog;
    this.stopping = stopping;
  }

  @Override
  public ExchangeType exchangeType(RoutingContext routing) {
    return ExchangeType.BIDI_STREAMING;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    AtomicInteger ofConnection = ofConnection(ctx);
    if (ofConnection.incrementAndGet() > OF_CONNECTION_MAX) {
      ofConnection.decrementAndGet();
      return tooMany(ctx, req);
    }
    if (!streams.tryAcquire()) {
      ofConnection.decrementAndGet();
      return tooMany(ctx, req);
    }
    var _ =
        ctx.log()
            .whenComplete()
            .thenRun(() -> {
              streams.release();
              ofConnection.decrementAndGet();
            });
    HttpResponseWriter out = HttpResponse.streaming();
    out.write(ResponseHeaders.of(HttpStatus.OK, HttpHeaderNames.CONTENT_TYPE, Refusals.GRPC));
    if (dialog.farewell().isPresent()) {
      Runnable forget = stopping.await(() -> ctx.eventLoop().execute(() -> sayFarewell(out)));
      var _ = ctx.log().whenComplete().thenRun(forget);
    }
    req.decode(new ArmeriaMessageDeframer(REQUEST_BYTES_MAX), ctx.alloc())
        .subscribe(new Asked(ctx, out), ctx.eventLoop());
    return out;
  }

  private static HttpResponse tooMany(ServiceRequestContext ctx, HttpRequest req) {
    req.abort();
    return Refusals.grpc(Code.RESOURCE_EXHAUSTED, "too many streams are open", Requests.idOf(ctx))
        .toHttpResponse();
  }

  private static AtomicInteger ofConnection(ServiceRequestContext ctx) {
    Attribute<AtomicInteger> count = Connections.of(ctx).attr(OF_CONNECTION);
    AtomicInteger fresh = new AtomicInteger();
    AtomicInteger before = count.setIfAbsent(fresh);
    return before == null ? fresh : before;
  }

  private void sayFarewell(HttpResponseWriter out) {
    dialog
        .farewell()
        .ifPresent(last -> {
          boolean _ = out.tryWrite(GrpcFrame.of(last));
        });
    end(out);
  }

  private static void end(HttpResponseWriter out) {
    end(out, HttpHeaders.of(GrpcHeaderNames.GRPC_STATUS, "0"));
  }

  private static void end(HttpResponseWriter out, HttpHeaders trailers) {
    boolean _ = out.tryWrite(trailers); // It may have ended already, by the client's doing.
    out.close();
  }

  private final class Asked implements Subscriber<DeframedMessage> {
    private final ServiceRequestContext ctx;
    private final HttpResponseWriter out;
    private @Nullable Subscription requests;

    Asked(ServiceRequestContext ctx, HttpResponseWriter out) {
      this.ctx = ctx;
      this.out = out;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      requests = subscription;
      subscription.request(1);
    }

    @Override
    public void onNext(DeframedMessage message) {
      Q request;
      try (message) {
        request = parse(ByteBufUtil.getBytes(message.buf()));
      } catch (InvalidProtocolBufferException e) {
        refuse("message: is not this request");
        return;
      }
      if (dialog.farewell().isPresent()) {
        ctx.clearRequestTimeout(); // Who asks nothing may not stay.
      }
      if (out.tryWrite(GrpcFrame.of(dialog.answer().apply(request)))) {
        Subscription more = requests;
        if (more != null) {
          var _ = out.whenConsumed().thenRunAsync(() -> more.request(1), ctx.eventLoop());
        }
      }
    }

    @SuppressWarnings("unchecked") // A Q's parser makes a Q.
    private Q parse(byte[] message) throws InvalidProtocolBufferException {
      return (Q) dialog.prototype().getParserForType().parseFrom(message);
    }

    @Override
    public void onError(Throwable cause) {
      refuse("message: must be whole, not compressed and at most 65536 bytes");
    }

    private void refuse(@CompileTimeConstant String words) {
      end(
          out,
          Refusals.trailers(Refusals.status(Code.INVALID_ARGUMENT, words, Requests.idOf(ctx))));
    }

    @Override
    public void onComplete() {
      if (dialog.farewell().isEmpty()) {
        end(out);
      }
    }
  }
}
