package io.coffer.conformance.flows;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coffer.conformance.ClientEnvironment;
import io.coffer.conformance.GrpcChannels;
import io.coffer.wire.endpoint.ApiEndpointServiceGrpc;
import io.coffer.wire.endpoint.GetApiEndpointRequest;
import io.coffer.wire.iam.v1.CreateIamTokenResponse;
import io.coffer.wire.lockbox.v1.FolderAndName;
import io.coffer.wire.lockbox.v1.GetExRequest;
import io.coffer.wire.lockbox.v1.GetPayloadRequest;
import io.coffer.wire.lockbox.v1.Payload;
import io.coffer.wire.lockbox.v1.PayloadServiceGrpc;
import io.coffer.wire.lockbox.v1.PayloadServiceGrpc.PayloadServiceBlockingStub;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The provider {@code yandexlockbox} of External Secrets Operator: it reads, and that only. One of
 * its connections outlives stores and tokens; a token is shown with each call.
 */
final class ExternalSecrets implements AutoCloseable {
  private static final String PAYLOAD_ENDPOINT = "lockbox-payload";

  /** A client that outlives its token is of no use to it. */
  private static final Duration CLIENT_LIFE_MAX = Duration.ofMinutes(5);

  private final ManagedChannel connection;
  private final String token;

  /** A new store: where the payloads are, then a token to read them with. */
  ExternalSecrets(ClientEnvironment environment, Path keyFile) throws IOException {
    this.connection =
        GrpcChannels.open(
            address(environment, keyFile), environment.caCertificate(), "external-secrets");
    this.token = login(environment, keyFile).getIamToken();
  }

  /** List, Create, and, authorized, Get of the endpoint of payloads. */
  private static String address(ClientEnvironment environment, Path keyFile) throws IOException {
    String token = login(environment, keyFile).getIamToken();
    String endpoint = environment.url().getAuthority();
    ManagedChannel channel = GrpcChannels.open(endpoint, environment.caCertificate());
    try {
      return ApiEndpointServiceGrpc.newBlockingStub(as(token, channel))
          .get(GetApiEndpointRequest.newBuilder().setApiEndpointId(PAYLOAD_ENDPOINT).build())
          .getAddress();
    } finally {
      channel.shutdownNow();
    }
  }

  /** List without a token, Create at the address it gives. */
  private static CreateIamTokenResponse login(ClientEnvironment environment, Path keyFile)
      throws IOException {
    ManagedChannel endpoint =
        GrpcChannels.open(environment.url().getAuthority(), environment.caCertificate());
    ManagedChannel iam = endpoint;
    try {
      String address = GoSdk.address(GoSdk.addresses(endpoint), "iam");
      iam = GrpcChannels.open(address, environment.caCertificate());
      CreateIamTokenResponse created = GoSdk.login(iam, keyFile);
      Instant expiresAt = Instant.ofEpochSecond(created.getExpiresAt().getSeconds());
      if (Instant.now().plus(CLIENT_LIFE_MAX).isAfter(expiresAt)) {
        throw new AssertionError("a token for too short a time: " + expiresAt);
      }
      return created;
    } finally {
      iam.shutdownNow();
      endpoint.shutdownNow();
    }
  }

  private static Channel as(String token, Channel channel) {
    Metadata metadata = new Metadata();
    metadata.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  private PayloadServiceBlockingStub payloads() {
    return PayloadServiceGrpc.newBlockingStub(as(token, connection));
  }

  /** {@code fetching: byID}; an empty version is the current one. */
  Map<String, byte[]> byId(String secretId, String versionId) {
    Payload payload =
        payloads()
            .get(
                GetPayloadRequest.newBuilder()
                    .setSecretId(secretId)
                    .setVersionId(versionId)
                    .build());
    Map<String, byte[]> values = new LinkedHashMap<>();
    for (Payload.Entry entry : payload.getEntriesList()) {
      values.put(
          entry.getKey(),
          switch (entry.getValueCase()) {
            case TEXT_VALUE -> entry.getTextValue().getBytes(UTF_8);
            case BINARY_VALUE -> entry.getBinaryValue().toByteArray();
            case VALUE_NOT_SET ->
                throw new AssertionError("unsupported payload value type, key: " + entry.getKey());
          });
    }
    return values;
  }

  /** {@code fetching: byName}. */
  Map<String, byte[]> byName(String folderId, String name, String versionId) {
    Map<String, byte[]> values = new LinkedHashMap<>();
    payloads()
        .getEx(
            GetExRequest.newBuilder()
                .setFolderAndName(
                    FolderAndName.newBuilder().setFolderId(folderId).setSecretName(name))
                .setVersionId(versionId)
                .build())
        .getEntriesMap()
        .forEach((key, value) -> values.put(key, value.toByteArray()));
    return values;
  }

  @Override
  public void close() {
    connection.shutdownNow();
  }
}
