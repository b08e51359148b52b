package io.coffer.conformance.flows;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.coffer.conformance.ClientEnvironment;
import io.coffer.conformance.GrpcChannels;
import io.coffer.wire.kms.v1.SymmetricKeyServiceGrpc;
import io.coffer.wire.kms.v1.SymmetricKeyServiceGrpc.SymmetricKeyServiceBlockingStub;
import io.coffer.wire.lockbox.v1.PayloadServiceGrpc;
import io.coffer.wire.lockbox.v1.PayloadServiceGrpc.PayloadServiceBlockingStub;
import io.coffer.wire.lockbox.v1.SecretServiceGrpc;
import io.coffer.wire.lockbox.v1.SecretServiceGrpc.SecretServiceBlockingStub;
import io.coffer.wire.operation.GetOperationRequest;
import io.coffer.wire.operation.Operation;
import io.coffer.wire.operation.OperationServiceGrpc;
import io.coffer.wire.operation.OperationServiceGrpc.OperationServiceBlockingStub;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Terraform's provider for Yandex Cloud, configured with an endpoint and the key file of a service
 * account: it asks where the services are, logs in, and sends ids with every call. What it takes
 * operations for is what version 2 of the Go SDK does: metadata of the one right type from the
 * start, a response of the one right type in the end, or it fails.
 */
final class TerraformProvider implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int POLLS_MAX = 20;

  private final Map<String, ManagedChannel> channels = new HashMap<>();
  private final Path authority;
  private final SecretServiceBlockingStub secrets;
  private final PayloadServiceBlockingStub payloads;
  private final SymmetricKeyServiceBlockingStub keys;
  private final OperationServiceBlockingStub operations;

  TerraformProvider(ClientEnvironment environment) throws IOException {
    this.authority = environment.caCertificate();
    String endpoint = environment.url().getAuthority();
    Map<String, String> addresses = GoSdk.addresses(channel(endpoint));
    String token =
        GoSdk.login(channel(GoSdk.address(addresses, "iam")), environment.keyFile()).getIamToken();
    // Any other token it would take to be OAuth's and exchange.
    assertThat(token).startsWith("t1.").matches("[^.]*\\.[^.]*\\.[^.]*");
    CallHeaders headers = new CallHeaders(token);
    this.secrets =
        SecretServiceGrpc.newBlockingStub(
            with(headers, channel(GoSdk.address(addresses, "lockbox"))));
    this.payloads =
        PayloadServiceGrpc.newBlockingStub(
            with(headers, channel(GoSdk.address(addresses, "lockbox-payload"))));
    this.keys =
        SymmetricKeyServiceGrpc.newBlockingStub(
            with(headers, channel(GoSdk.address(addresses, "kms"))));
    this.operations =
        OperationServiceGrpc.newBlockingStub(
            with(headers, channel(GoSdk.address(addresses, "operation"))));
  }

  private ManagedChannel channel(String address) throws IOException {
    ManagedChannel open = channels.get(address);
    if (open == null) {
      open = GrpcChannels.open(address, authority);
      channels.put(address, open);
    }
    return open;
  }

  private static Channel with(CallHeaders headers, Channel channel) {
    return ClientInterceptors.intercept(channel, headers);
  }

  SecretServiceBlockingStub secrets() {
    return secrets;
  }

  PayloadServiceBlockingStub payloads() {
    return payloads;
  }

  SymmetricKeyServiceBlockingStub keys() {
    return keys;
  }

  /** What an operation was about and what came of it. */
  record Done<M extends Message, R extends Message>(M metadata, R response) {}

  /**
   * Waits until {@code started} is done; throws {@link AssertionError} at what the SDK fails at.
   */
  <M extends Message, R extends Message> Done<M, R> await(
      Operation started, Class<M> metadata, Class<R> response) {
    Operation operation = started;
    M about = unpack(operation.getMetadata(), metadata);
    for (int polls = 0; !operation.getDone(); polls++) {
      assertThat(polls).as("polls").isLessThan(POLLS_MAX);
      pause();
      operation =
          operations.get(GetOperationRequest.newBuilder().setOperationId(started.getId()).build());
      about = unpack(operation.getMetadata(), metadata);
    }
    assertThat(operation.hasError()).as("error %s", operation.getError()).isFalse();
    return new Done<>(about, unpack(operation.getResponse(), response));
  }

  private static <T extends Message> T unpack(Any any, Class<T> type) {
    try {
      assertThat(any.is(type)).as("expected %s, but got %s", type, any.getTypeUrl()).isTrue();
      return any.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("not what it says it is: " + any.getTypeUrl(), e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Those of {@code fields} in which {@code after} is another, as a mask names them. */
  static <T extends Message> List<String> changed(List<String> fields, T before, T after) {
    return fields.stream()
        .map(before.getDescriptorForType()::findFieldByName)
        .filter(field -> !before.getField(field).equals(after.getField(field)))
        .map(FieldDescriptor::getName)
        .toList();
  }

  /** Nothing, if the thing is gone: it leaves the state. Any other failure fails the plan. */
  static <T> Optional<T> unlessGone(Supplier<T> read) {
    try {
      return Optional.of(read.get());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }
}
