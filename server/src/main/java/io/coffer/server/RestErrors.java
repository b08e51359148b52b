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
import io.coffer.api.rpc.Bugs;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes wrong before any handler has the request: too long, too slow, not HTTP. Answered in the
 * form of Yandex Cloud's REST, with words of our own.
 */
final class RestErrors implements ServerErrorHandler {
  private static final Logger log = LoggerFactory.getLogger(RestErrors.class);

  private static final int INVALID_ARGUMENT = 3;
  private static final int INTERNAL = 13;
  private static final int UNAVAILABLE = 14;

  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
    if (cause instanceof ContentTooLargeException) {
      HttpStatus status = HttpStatus.REQUEST_ENTITY_TOO_LARGE;
      return render(status, INVALID_ARGUMENT, refusal(status)).toHttpResponse();
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
    if (status.code() == 500 && cause != null) {
      log.atError().addKeyValue("bug", Bugs.describe(cause)).log("a request ended in a bug");
    }
    if (status.code() == 503) {
      return render(status, UNAVAILABLE, "the server is stopping or too busy");
    }
    return status.isClientError()
        ? render(status, INVALID_ARGUMENT, refusal(status))
        : render(status, INTERNAL, "internal error");
  }

  private static String refusal(HttpStatus status) {
    return switch (status.code()) {
      case 413 -> "the body is longer than " + Listeners.API_REQUEST_MAX + " bytes";
      case 414, 431 -> "line or headers are longer than " + Listeners.API_HEADERS_MAX + " bytes";
      default -> "the request is not HTTP this server reads";
    };
  }

  private static AggregatedHttpResponse render(HttpStatus status, int code, String message) {
    return AggregatedHttpResponse.of(
        ResponseHeaders.of(status, HttpHeaderNames.CONTENT_TYPE, "application/json"),
        HttpData.ofUtf8("{\"code\":%d,\"message\":\"%s\"}".formatted(code, message)));
  }
}
