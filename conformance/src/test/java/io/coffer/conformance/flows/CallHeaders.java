package io.coffer.conformance.flows;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.UUID;

/** What the Go SDK puts on every call: who asks, and three ids, two of them new with each. */
final class CallHeaders implements ClientInterceptor {
  static final CallOptions.Key<String> IDEMPOTENCY_KEY = CallOptions.Key.create("idempotency-key");

  private final String token;
  private final String traceId = UUID.randomUUID().toString();

  CallHeaders(String token) {
    this.token = token;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    String given = options.getOption(IDEMPOTENCY_KEY);
    String idempotencyKey = given == null ? UUID.randomUUID().toString() : given;
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        put(headers, "authorization", "Bearer " + token);
        put(headers, "x-client-trace-id", traceId);
        put(headers, "x-request-id", UUID.randomUUID().toString());
        put(headers, "idempotency-key", idempotencyKey);
        super.start(listener, headers);
      }
    };
  }

  private static void put(Metadata headers, String name, String value) {
    headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
  }
}
