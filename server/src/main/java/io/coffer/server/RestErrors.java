package io.coffer.server;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong before any handler has the request: too long, too slow, not HTTP. Answered in the
 * form of Yandex Cloud's REST, with words of our own.
 */
final class RestErrors implements ServerErrorHandler {
  private static final int INVALID_ARGUMENT = 3;
  private static final int INTERNAL = 13;
  private static final int UNAVAILABLE = 14;

  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
    if (cause instanceof ContentTooLargeException) {
      return render(
              HttpStatus.BAD_REQUEST, INVALID_ARGUMENT, "the request is longer than 4194304 bytes")
          .toHttpResponse();
    }
    return null;
  }

  @Override
  public AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext ctx,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    if (status.code() == 503) {
      return render(status, UNAVAILABLE, "the server is stopping or too busy");
    }
    return status.isClientError()
        ? render(status, INVALID_ARGUMENT, "the request is not HTTP this server reads")
        : render(status, INTERNAL, "internal error");
  }

  private static AggregatedHttpResponse render(HttpStatus status, int code, String message) {
    return AggregatedHttpResponse.of(
        ResponseHeaders.of(status, HttpHeaderNames.CONTENT_TYPE, "application/json"),
        HttpData.ofUtf8("{\"code\":%d,\"message\":\"%s\"}".formatted(code, message)));
  }
}
