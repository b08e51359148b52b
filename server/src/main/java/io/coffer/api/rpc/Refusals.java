package io.coffer.api.rpc;

import com.google.errorprone.annotations.CompileTimeConstant;
import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.RequestInfo;
import com.google.rpc.Status;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.grpc.protocol.GrpcHeaderNames;
import java.util.Base64;

/**
 * Refusals of what never became a call: no such method, too long, too slow, not HTTP. In the form
 * of the transport they came by, and like every other with the id of the request.
 */
public final class Refusals {
  static final String GRPC = "application/grpc";

  private Refusals() {}

  /** Whether the request is one for gRPC, and wants its refusals so. */
  public static boolean isGrpc(RequestHeaders headers) {
    return headers.get(HttpHeaderNames.CONTENT_TYPE, "").startsWith(GRPC);
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
    byte[] details =
        Status.newBuilder()
            .setCode(code.getNumber())
            .setMessage(words)
            .addDetails(Any.pack(RequestInfo.newBuilder().setRequestId(requestId).build()))
            .build()
            .toByteArray();
    return AggregatedHttpResponse.of(
        ResponseHeaders.builder(HttpStatus.OK)
            .add(HttpHeaderNames.CONTENT_TYPE, GRPC)
            .add(GrpcHeaderNames.GRPC_STATUS, String.valueOf(code.getNumber()))
            .add(GrpcHeaderNames.GRPC_MESSAGE, words)
            .add(
                GrpcHeaderNames.GRPC_STATUS_DETAILS_BIN,
                Base64.getEncoder().withoutPadding().encodeToString(details))
            .build());
  }
}
