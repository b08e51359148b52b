package io.coffer.conformance.lockbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Message;
import io.coffer.conformance.ClientEnvironment;
import io.coffer.conformance.GrpcChannels;
import io.coffer.conformance.cases.Mismatch;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Over gRPC and TLS. Of an answer it makes what REST would have made of it: the status by the table
 * of the API's documentation, the message or the status's details as JSON, metadata as headers.
 */
final class GrpcClient implements Client {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String NO_TOKEN = "none";

  private final ManagedChannel channel;
  private final Map<String, String> tokens;
  private final WireJson json = new WireJson();

  /** {@code tokens} by the name a step gives in {@code auth}. */
  GrpcClient(ClientEnvironment environment, Map<String, String> tokens) throws IOException {
    this.channel = GrpcChannels.open(environment.url().getAuthority(), environment.caCertificate());
    this.tokens = Map.copyOf(tokens);
  }

  @Override
  public Answer send(Step step, Variables variables) {
    JsonNode body = step.body();
    Rpcs.Call call =
        Rpcs.of(
            step.method(), variables.fill(step.path()), body == null ? null : variables.fill(body));
    AtomicReference<Metadata> headers = new AtomicReference<>(new Metadata());
    AtomicReference<Metadata> trailers = new AtomicReference<>(new Metadata());
    Channel decorated =
        ClientInterceptors.intercept(
            channel,
            MetadataUtils.newCaptureMetadataInterceptor(headers, trailers),
            MetadataUtils.newAttachHeadersInterceptor(metadata(step, variables)));
    try {
      Message answer =
          ClientCalls.blockingUnaryCall(
              decorated,
              call.method(),
              CallOptions.DEFAULT.withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS),
              call.request());
      return new Answer(http(Status.Code.OK), headers(headers.get()), json.print(answer));
    } catch (StatusRuntimeException e) {
      com.google.rpc.Status status = StatusProto.fromThrowable(e);
      if (status == null) {
        throw new Mismatch("no status: " + e, e);
      }
      return new Answer(http(e.getStatus().getCode()), headers(trailers.get()), json.print(status));
    }
  }

  private Metadata metadata(Step step, Variables variables) {
    Metadata metadata = new Metadata();
    if (!step.auth().equals(NO_TOKEN)) {
      String token = tokens.get(step.auth());
      if (token == null) {
        throw new Mismatch("no token " + step.auth());
      }
      metadata.put(key("authorization"), "Bearer " + token);
    }
    step.headers()
        .forEach((name, value) -> {
          metadata.discardAll(key(name));
          if (value != null) {
            metadata.put(key(name), variables.fill(value));
          }
        });
    return metadata;
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static HttpHeaders headers(Metadata metadata) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : metadata.keys()) {
      if (!name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        headers.put(name, List.of(String.valueOf(metadata.get(key(name)))));
      }
    }
    return HttpHeaders.of(headers, (_, _) -> true);
  }

  private static int http(Status.Code code) {
    return switch (code) {
      case OK -> 200;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ALREADY_EXISTS, ABORTED -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case CANCELLED -> 499;
      case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
      case UNIMPLEMENTED -> 501;
      case UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
    };
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
