package io.coffer.api.docker.driver;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;

/** Answers as plugins do. */
final class DriverAnswer {
  static final String TYPE = "application/vnd.docker.plugins.v1.2+json";

  private DriverAnswer() {}

  static HttpResponse json(HttpStatus status, byte[] body) {
    return HttpResponse.of(headers(status), HttpData.wrap(body));
  }

  static ResponseHeaders headers(HttpStatus status) {
    return ResponseHeaders.of(status, HttpHeaderNames.CONTENT_TYPE, TYPE);
  }
}
