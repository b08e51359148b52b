package io.coffer.server;

import com.google.rpc.Code;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.api.rpc.Bugs;
import io.coffer.api.rpc.Refusals;
import io.coffer.api.rpc.Requests;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes wrong before any handler has the request: too long, too slow, not HTTP. Answered in the
 * form of Yandex Cloud's REST or of gRPC, with words of our own.
 */
final class RestErrors implements ServerErrorHandler {
  private static final Logger log = LoggerFactory.getLogger(RestErrors.class);

  private static final String TOO_LONG =
      "the body is longer than " + Listeners.API_REQUEST_MAX + " bytes";
  private static final String LONG_HEADERS =
      "line or headers are longer than " + Listeners.API_HEADERS_MAX + " bytes";
  private static final String BUSY = "the server is stopping or too busy";
  private static final String NOT_HTTP = "the request is not HTTP this server reads";
  private static final String BUG = "internal error";
  private static final RequestHeaders NO_HEADERS = RequestHeaders.of(HttpMethod.UNKNOWN, "/");

  private final Requests requests;

  RestErrors(Requests requests) {
    this.requests = requests;
  }

  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
    return cause instanceof ContentTooLargeException
        ? render(ctx, ctx.request().headers(), HttpStatus.REQUEST_ENTITY_TOO_LARGE).toHttpResponse()
        : null;
  }

  @Override
  public AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext ctx,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    if (status.code() == 500 && cause != null && !Bugs.isNone(cause)) {
      log.atError().addKeyValue("bug", Bugs.describe(cause)).log("a request ended in a bug");
    }
    return render(ctx, headers, status);
  }

  /** The refusal of a request that may have come to nobody yet. */
  AggregatedHttpResponse render(
      @Nullable ServiceRequestContext ctx, @Nullable RequestHeaders asked, HttpStatus status) {
    String id = requests.idOr(ctx);
    boolean grpc = asked != null && Refusals.isGrpc(asked);
    AggregatedHttpResponse refusal =
        switch (status.code()) {
          case 413 ->
              grpc
                  ? Refusals.grpc(Code.RESOURCE_EXHAUSTED, TOO_LONG, id)
                  : Refusals.rest(status, Code.INVALID_ARGUMENT, TOO_LONG, id);
          case 414, 431 ->
              grpc
                  ? Refusals.grpc(Code.RESOURCE_EXHAUSTED, LONG_HEADERS, id)
                  : Refusals.rest(status, Code.INVALID_ARGUMENT, LONG_HEADERS, id);
          case 503 ->
              grpc
                  ? Refusals.grpc(Code.UNAVAILABLE, BUSY, id)
                  : Refusals.rest(status, Code.UNAVAILABLE, BUSY, id);
          default -> other(grpc, status, id);
        };
    if (Requests.admitted(ctx)) {
      return refusal;
    }
    ResponseHeadersBuilder more = refusal.headers().toBuilder();
    Requests.headers(id, asked != null ? asked : NO_HEADERS, more::add);
    return AggregatedHttpResponse.of(more.build(), refusal.content());
  }

  private static AggregatedHttpResponse other(boolean grpc, HttpStatus status, String id) {
    if (status.isClientError()) {
      return grpc
          ? Refusals.grpc(Code.INVALID_ARGUMENT, NOT_HTTP, id)
          : Refusals.rest(status, Code.INVALID_ARGUMENT, NOT_HTTP, id);
    }
    return grpc
        ? Refusals.grpc(Code.INTERNAL, BUG, id)
        : Refusals.rest(status, Code.INTERNAL, BUG, id);
  }
}
