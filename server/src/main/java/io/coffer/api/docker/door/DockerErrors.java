package io.coffer.api.docker.door;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.api.docker.wire.ApiVersion;
import io.coffer.api.docker.wire.DockerError;
import io.coffer.api.docker.wire.SecretErrors;
import io.coffer.api.docker.wire.SecretJson;
import io.coffer.api.docker.wire.VersionedPath;
import io.coffer.api.rpc.Bugs;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes wrong before the door has the request, or outside of it. A method nobody knows is, for
 * an engine, a page nobody has; what is not HTTP gets its status in plain text.
 */
public final class DockerErrors implements ServerErrorHandler {
  private static final Logger log = LoggerFactory.getLogger(DockerErrors.class);
  private static final int METHOD_UNKNOWN = 405;
  private static final int LINE_TOO_LONG = 414;
  private static final int UNAVAILABLE = 503;

  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
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
    if (status.code() == METHOD_UNKNOWN) {
      return json(SecretErrors.pageNotFound());
    }
    if (status.code() == UNAVAILABLE) {
      return unready(headers);
    }
    if (status.isServerError()) {
      if (cause != null && !Bugs.isNone(cause)) {
        log.atError().addKeyValue("bug", Bugs.describe(cause)).log("a request ended in a bug");
      }
      return json(new DockerError(500, "internal error"));
    }
    // An engine counts the first line as part of the head.
    HttpStatus said =
        status.code() == LINE_TOO_LONG ? HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE : status;
    return AggregatedHttpResponse.of(
        ResponseHeaders.of(said, HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8"),
        HttpData.ofUtf8(said.toString()));
  }

  /** Stopping, or with no room for another body: to a client both are a manager in trouble. */
  private static AggregatedHttpResponse unready(@Nullable RequestHeaders headers) {
    String path = headers == null ? "/" : headers.path();
    return DockerAnswer.whole(Unready.STOPPING.error(), VersionedPath.of(path).version());
  }

  private static AggregatedHttpResponse json(DockerError error) {
    return AggregatedHttpResponse.of(
        ResponseHeaders.of(
            HttpStatus.valueOf(error.status()), HttpHeaderNames.CONTENT_TYPE, "application/json"),
        HttpData.wrap(SecretJson.error(error, ApiVersion.MAX)));
  }
}
