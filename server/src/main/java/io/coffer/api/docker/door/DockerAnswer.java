package io.coffer.api.docker.door;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.coffer.api.docker.wire.ApiVersion;
import io.coffer.api.docker.wire.DockerError;
import io.coffer.api.docker.wire.SecretJson;

/** Answers with the headers an engine sends. */
final class DockerAnswer {
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";

  private DockerAnswer() {}

  static HttpResponse json(int status, byte[] body) {
    return HttpResponse.of(
        routed(status).add(HttpHeaderNames.CONTENT_TYPE, JSON).build(), HttpData.wrap(body));
  }

  /** Before a body whose end is not known yet. */
  static ResponseHeaders streamHeaders() {
    return routed(200).add(HttpHeaderNames.CONTENT_TYPE, JSON).build();
  }

  /** Success without a body: 200 has a length, 204 has none. */
  static HttpResponse empty(int status) {
    ResponseHeadersBuilder headers = routed(status);
    if (status != 204) {
      headers.add(HttpHeaderNames.CONTENT_LENGTH, "0");
    }
    return HttpResponse.of(headers.build());
  }

  static HttpResponse ping(boolean head) {
    ResponseHeadersBuilder headers =
        routed(200)
            .add(HttpHeaderNames.CONTENT_TYPE, TEXT)
            .add(HttpHeaderNames.CACHE_CONTROL, "no-cache, no-store, must-revalidate")
            .add(HttpHeaderNames.PRAGMA, "no-cache")
            .add("Builder-Version", "2")
            .add("Swarm", "active/manager");
    return head
        ? HttpResponse.of(headers.add(HttpHeaderNames.CONTENT_LENGTH, "0").build())
        : HttpResponse.of(headers.build(), HttpData.ofUtf8("OK"));
  }

  static HttpResponse error(DockerError error, ApiVersion version) {
    return error(routed(error.status()), error, version);
  }

  /** For what no route is made for; an engine answers it without its own headers. */
  static HttpResponse unrouted(DockerError error) {
    return error(
        ResponseHeaders.builder(HttpStatus.valueOf(error.status())), error, ApiVersion.MAX);
  }

  /** As {@link #error(DockerError, ApiVersion)}, for where answers are not streams. */
  static AggregatedHttpResponse whole(DockerError error, ApiVersion version) {
    ResponseHeadersBuilder headers = typed(routed(error.status()), version);
    return AggregatedHttpResponse.of(
        headers.build(), HttpData.wrap(SecretJson.error(error, version)));
  }

  private static HttpResponse error(
      ResponseHeadersBuilder headers, DockerError error, ApiVersion version) {
    return HttpResponse.of(
        typed(headers, version).build(), HttpData.wrap(SecretJson.error(error, version)));
  }

  private static ResponseHeadersBuilder typed(ResponseHeadersBuilder headers, ApiVersion version) {
    return version.errorsAreJson()
        ? headers.add(HttpHeaderNames.CONTENT_TYPE, JSON)
        : headers
            .add(HttpHeaderNames.CONTENT_TYPE, TEXT)
            .add(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
  }

  private static ResponseHeadersBuilder routed(int status) {
    return ResponseHeaders.builder(HttpStatus.valueOf(status))
        .add("Api-Version", ApiVersion.MAX.text())
        .add("Docker-Experimental", "false")
        .add("Ostype", "linux")
        .add(HttpHeaderNames.SERVER, "Docker/" + EngineIdentity.VERSION + " (linux)");
  }
}
