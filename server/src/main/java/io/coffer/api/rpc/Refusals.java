package io.coffer.api.rpc;

import com.google.errorprone.annotations.CompileTimeConstant;
import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.RequestInfo;
import com.google.rpc.Status;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.grpc.protocol.GrpcHeaderNames;
import com.linecorp.armeria.common.grpc.protocol.StatusMessageEscaper;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Refusals of what never became a call: no such method, too long, too slow, not HTTP. In the form
 * of the transport they came by, and like every other with the id of the request.
 */
public final class Refusals {
  static final String GRPC = "application/grpc";

  /** Not of gRPC-Web, nor of messages in JSON: those are other protocols. */
  private static final Pattern GRPC_TYPE = Pattern.compile("application/grpc(\\+proto)?\\s*(;.*)?");

  private Refusals() {}

  /** Whether the request is one for gRPC, and wants its refusals so. */
  public static boolean isGrpc(RequestHeaders headers) {
    return GRPC_TYPE.matcher(headers.get(HttpHeaderNames.CONTENT_TYPE, "")).matches();
  }

  /** As Yandex Cloud's REST says it. */
  public static AggregatedHttpResponse rest(
      HttpStatus status, Code code, @CompileTimeConstant String words, String requestId) {
    return AggregatedHttpResponse.of(
        ResponseHeaders.of(status, HttpHeaderNames.CONTENT_TYPE, "application/json"),
        HttpData.ofUtf8(
            "{\"code\":%d,\"message\":\"%s\",\"details\":[{\"@type\":"
                    .formatted(code.getNumber(), words)
                + "\"type.googleapis.com/google.rpc.RequestInfo\",\"requestId\":\"%s\"}]}"
                    .formatted(requestId)));
  }

  /** Trailers and nothing before them, which is how gRPC refuses. */
  public static AggregatedHttpResponse grpc(
      Code code, @CompileTimeConstant String words, String requestId) {
    return grpc(status(code, words, requestId));
  }

  static AggregatedHttpResponse grpc(Status status) {
    return AggregatedHttpResponse.of(
        ResponseHeaders.builder(HttpStatus.OK)
            .add(HttpHeaderNames.CONTENT_TYPE, GRPC)
            .add(trailers(status))
            // Clients take a status in headers for one only if nothing follows.
            .endOfStream(true)
            .build());
  }

  static Status status(Code code, @CompileTimeConstant String words, String requestId) {
    return Status.newBuilder()
        .setCode(code.getNumber())
        .setMessage(words)
        .addDetails(Any.pack(RequestInfo.newBuilder().setRequestId(requestId).build()))
        .build();
  }

  /** What ends an answer over gRPC that did not go well. */
  static HttpHeaders trailers(Status status) {
    return HttpHeaders.builder()
        .add(GrpcHeaderNames.GRPC_STATUS, String.valueOf(status.getCode()))
        .add(GrpcHeaderNames.GRPC_MESSAGE, StatusMessageEscaper.escape(status.getMessage()))
        .add(
            GrpcHeaderNames.GRPC_STATUS_DETAILS_BIN,
            Base64.getEncoder().withoutPadding().encodeToString(status.toByteArray()))
        .build();
  }
}
