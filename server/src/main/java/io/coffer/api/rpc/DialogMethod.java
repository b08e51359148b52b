package io.coffer.api.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpData;
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
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Serves a {@link Dialog}: the next request is read when the last answer has gone out. */
final class DialogMethod<Q extends Message, A extends Message> implements HttpService {
  /** Streams open at once, of all dialogs: they cost memory, and anybody may open one. */
  static final int STREAMS_MAX = 1_000;

  private static final int REQUEST_BYTES_MAX = 64 << 10;
  private static final int PREFIX = 5;
  private static final Semaphore STREAMS = new Semaphore(STREAMS_MAX);

  private final Dialog<Q, A> dialog;
  private final StopSignal stopping;

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
    if (!STREAMS.tryAcquire()) {
      req.abort();
      return Refusals.grpc(Code.RESOURCE_EXHAUSTED, "too many streams are open", Requests.idOf(ctx))
          .toHttpResponse();
    }
    var _ = ctx.log().whenComplete().thenRun(STREAMS::release);
    HttpResponseWriter out = HttpResponse.streaming();
    out.write(ResponseHeaders.of(HttpStatus.OK, HttpHeaderNames.CONTENT_TYPE, Refusals.GRPC));
    if (dialog.farewell().isPresent()) {
      ctx.clearRequestTimeout();
      Runnable forget = stopping.await(() -> ctx.eventLoop().execute(() -> sayFarewell(out)));
      var _ = ctx.log().whenComplete().thenRun(forget);
    }
    req.decode(new ArmeriaMessageDeframer(REQUEST_BYTES_MAX), ctx.alloc())
        .subscribe(new Asked(ctx, out), ctx.eventLoop());
    return out;
  }

  private void sayFarewell(HttpResponseWriter out) {
    dialog
        .farewell()
        .ifPresent(last -> {
          boolean _ = out.tryWrite(frame(last));
        });
    end(out, Code.OK);
  }

  private static HttpData frame(Message message) {
    byte[] body = message.toByteArray();
    return HttpData.wrap(
        ByteBuffer.allocate(PREFIX + body.length)
            .put((byte) 0)
            .putInt(body.length)
            .put(body)
            .array());
  }

  private static void end(HttpResponseWriter out, Code code) {
    // It may have ended already, by the client's doing.
    boolean _ =
        out.tryWrite(HttpHeaders.of(GrpcHeaderNames.GRPC_STATUS, String.valueOf(code.getNumber())));
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
        end(out, Code.INVALID_ARGUMENT);
        return;
      }
      if (out.tryWrite(frame(dialog.answer().apply(request)))) {
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
      end(out, Code.INVALID_ARGUMENT);
    }

    @Override
    public void onComplete() {
      if (dialog.farewell().isEmpty()) {
        end(out, Code.OK);
      }
    }
  }
}
