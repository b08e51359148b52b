package io.coffer.api.docker.driver;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.coffer.api.docker.wire.DriverJson;
import io.coffer.api.rpc.Bugs;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes wrong before the door has the request, or outside of it. */
public final class DriverErrors implements ServerErrorHandler {
  private static final Logger log = LoggerFactory.getLogger(DriverErrors.class);

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
    boolean busy = status.code() == HttpStatus.SERVICE_UNAVAILABLE.code();
    if (cause != null && status.isServerError() && !busy && !Bugs.isNone(cause)) {
      log.atError().addKeyValue("bug", Bugs.describe(cause)).log("a request ended in a bug");
    }
    String text = busy ? "coffer is stopping or too busy, try again" : status.reasonPhrase();
    return AggregatedHttpResponse.of(
        DriverAnswer.headers(status), HttpData.wrap(DriverJson.error(text)));
  }
}
