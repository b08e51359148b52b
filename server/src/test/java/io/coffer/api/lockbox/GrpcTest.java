package io.coffer.api.lockbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import com.google.rpc.RequestInfo;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.coffer.server.Answer;
import io.coffer.server.RunningCoffer;
import io.coffer.wire.endpoint.ApiEndpointServiceGrpc;
import io.coffer.wire.endpoint.ListApiEndpointsRequest;
import io.coffer.wire.iam.v1.CreateIamTokenRequest;
import io.coffer.wire.iam.v1.CreateIamTokenResponse;
import io.coffer.wire.iam.v1.IamTokenServiceGrpc;
import io.coffer.wire.lockbox.v1.ActivateSecretMetadata;
import io.coffer.wire.lockbox.v1.ActivateSecretRequest;
import io.coffer.wire.lockbox.v1.AddVersionMetadata;
import io.coffer.wire.lockbox.v1.AddVersionRequest;
import io.coffer.wire.lockbox.v1.CancelVersionDestructionMetadata;
import io.coffer.wire.lockbox.v1.CancelVersionDestructionRequest;
import io.coffer.wire.lockbox.v1.CreateSecretMetadata;
import io.coffer.wire.lockbox.v1.CreateSecretRequest;
import io.coffer.wire.lockbox.v1.DeactivateSecretMetadata;
import io.coffer.wire.lockbox.v1.DeactivateSecretRequest;
import io.coffer.wire.lockbox.v1.DeleteSecretMetadata;
import io.coffer.wire.lockbox.v1.DeleteSecretRequest;
import io.coffer.wire.lockbox.v1.FolderAndName;
import io.coffer.wire.lockbox.v1.GetExRequest;
import io.coffer.wire.lockbox.v1.GetExResponse;
import io.coffer.wire.lockbox.v1.GetPayloadRequest;
import io.coffer.wire.lockbox.v1.GetSecretRequest;
import io.coffer.wire.lockbox.v1.ListSecretOperationsRequest;
import io.coffer.wire.lockbox.v1.ListSecretsRequest;
import io.coffer.wire.lockbox.v1.ListVersionsRequest;
import io.coffer.wire.lockbox.v1.Payload;
import io.coffer.wire.lockbox.v1.PayloadEntryChange;
import io.coffer.wire.lockbox.v1.PayloadServiceGrpc;
import io.coffer.wire.lockbox.v1.ScheduleVersionDestructionMetadata;
import io.coffer.wire.lockbox.v1.ScheduleVersionDestructionRequest;
import io.coffer.wire.lockbox.v1.Secret;
import io.coffer.wire.lockbox.v1.SecretServiceGrpc;
import io.coffer.wire.lockbox.v1.SetCurrentVersionMetadata;
import io.coffer.wire.lockbox.v1.SetCurrentVersionRequest;
import io.coffer.wire.lockbox.v1.UpdateSecretMetadata;
import io.coffer.wire.lockbox.v1.UpdateSecretRequest;
import io.coffer.wire.lockbox.v1.Version;
import io.coffer.wire.operation.CancelOperationRequest;
import io.coffer.wire.operation.GetOperationRequest;
import io.coffer.wire.operation.Operation;
import io.coffer.wire.operation.OperationServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same verbs over gRPC and TLS, by stubs of the published services. */
@Timeout(120)
final class GrpcTest {
  @TempDir private static Path home;
  private static RunningCoffer coffer;
  private static ClientFactory factory;

  @BeforeAll
  static void start() {
    coffer = RunningCoffer.start(home);
    factory =
        ClientFactory.builder()
            .tlsCustomizer(tls -> tls.trustManager(coffer.caCertificate().toFile()))
            .build();
  }

  @AfterAll
  static void stop() {
    factory.close();
    coffer.close();
  }

  @Test
  void aSecretIsCreatedFoundListedAndRead() throws InvalidProtocolBufferException {
    SecretServiceGrpc.SecretServiceBlockingStub secrets =
        stub(SecretServiceGrpc.SecretServiceBlockingStub.class, coffer.token());
    Operation made = secrets.create(create("over-grpc"));
    assertThat(made.getDone()).isTrue();
    assertThat(made.getDescription()).isEqualTo("Create secret");
    CreateSecretMetadata metadata = made.getMetadata().unpack(CreateSecretMetadata.class);
    Secret secret = made.getResponse().unpack(Secret.class);
    assertThat(secret.getId()).isEqualTo(metadata.getSecretId());
    assertThat(secret.getCurrentVersion().getId()).isEqualTo(metadata.getVersionId());
    assertThat(Timestamps.toNanos(secret.getCreatedAt()) % 1_000_000).isZero();

    assertThat(secrets.get(GetSecretRequest.newBuilder().setSecretId(secret.getId()).build()))
        .isEqualTo(secret);
    assertThat(
            secrets
                .list(ListSecretsRequest.newBuilder().setFolderId(coffer.folderId()).build())
                .getSecretsList())
        .contains(secret);
    Payload payload =
        stub(PayloadServiceGrpc.PayloadServiceBlockingStub.class, coffer.token())
            .get(GetPayloadRequest.newBuilder().setSecretId(secret.getId()).build());
    assertThat(payload.getVersionId()).isEqualTo(metadata.getVersionId());
    assertThat(payload.getEntries(0).getTextValue()).isEqualTo("v");
    assertThat(
            stub(OperationServiceGrpc.OperationServiceBlockingStub.class, coffer.token())
                .get(GetOperationRequest.newBuilder().setOperationId(made.getId()).build()))
        .isEqualTo(made);
  }

  @Test
  void aVersionIsAddedAndItsPayloadReadAsAMapByName() throws InvalidProtocolBufferException {
    SecretServiceGrpc.SecretServiceBlockingStub secrets =
        stub(SecretServiceGrpc.SecretServiceBlockingStub.class, coffer.token());
    Operation made = secrets.create(create("ex"));
    String secretId = made.getMetadata().unpack(CreateSecretMetadata.class).getSecretId();
    Operation added =
        secrets.addVersion(
            AddVersionRequest.newBuilder()
                .setSecretId(secretId)
                .setDescription("second")
                .addPayloadEntries(
                    PayloadEntryChange.newBuilder()
                        .setKey("b")
                        .setBinaryValue(ByteString.copyFrom(new byte[] {0, 1})))
                .build());
    assertThat(added.getDescription()).isEqualTo("Add version");
    AddVersionMetadata metadata = added.getMetadata().unpack(AddVersionMetadata.class);
    Version version = added.getResponse().unpack(Version.class);
    assertThat(metadata.getSecretId()).isEqualTo(secretId);
    assertThat(metadata.getVersionId()).isEqualTo(version.getId());
    assertThat(version.getDescription()).isEqualTo("second");
    assertThat(version.getPayloadEntryKeysList()).containsExactly("k", "b");

    GetExResponse payload =
        stub(PayloadServiceGrpc.PayloadServiceBlockingStub.class, coffer.token())
            .getEx(
                GetExRequest.newBuilder()
                    .setFolderAndName(
                        FolderAndName.newBuilder()
                            .setFolderId(coffer.folderId())
                            .setSecretName("ex"))
                    .build());
    assertThat(payload.getSecretId()).isEqualTo(secretId);
    assertThat(payload.getVersionId()).isEqualTo(version.getId());
    assertThat(payload.getEntriesMap())
        .isEqualTo(
            Map.of("k", ByteString.copyFromUtf8("v"), "b", ByteString.copyFrom(new byte[] {0, 1})));
  }

  private static String created(SecretServiceGrpc.SecretServiceBlockingStub secrets, String name)
      throws InvalidProtocolBufferException {
    return secrets
        .create(create(name))
        .getMetadata()
        .unpack(CreateSecretMetadata.class)
        .getSecretId();
  }

  @Test
  void aSecretIsChangedSwitchedOffAndOnAndDeleted() throws InvalidProtocolBufferException {
    SecretServiceGrpc.SecretServiceBlockingStub secrets =
        stub(SecretServiceGrpc.SecretServiceBlockingStub.class, coffer.token());
    String id = created(secrets, "changing");
    Operation updated =
        secrets.update(
            UpdateSecretRequest.newBuilder()
                .setSecretId(id)
                .setName("changed")
                .setDescription("not looked at")
                .setUpdateMask(FieldMask.newBuilder().addPaths("name").addPaths("labels"))
                .putLabels("a", "b")
                .build());
    assertThat(updated.getDescription()).isEqualTo("Update secret");
    assertThat(updated.getMetadata().unpack(UpdateSecretMetadata.class).getSecretId())
        .isEqualTo(id);
    Secret secret = updated.getResponse().unpack(Secret.class);
    assertThat(secret.getName()).isEqualTo("changed");
    assertThat(secret.getDescription()).isEmpty();
    assertThat(secret.getLabelsMap()).isEqualTo(Map.of("a", "b"));

    Operation off =
        secrets.deactivate(DeactivateSecretRequest.newBuilder().setSecretId(id).build());
    assertThat(off.getDescription()).isEqualTo("Deactivate secret");
    assertThat(off.getMetadata().unpack(DeactivateSecretMetadata.class).getSecretId())
        .isEqualTo(id);
    assertThat(off.getResponse().unpack(Secret.class).getStatus())
        .isEqualTo(Secret.Status.INACTIVE);
    Operation on = secrets.activate(ActivateSecretRequest.newBuilder().setSecretId(id).build());
    assertThat(on.getDescription()).isEqualTo("Activate secret");
    assertThat(on.getMetadata().unpack(ActivateSecretMetadata.class).getSecretId()).isEqualTo(id);

    assertThat(
            secrets
                .listOperations(ListSecretOperationsRequest.newBuilder().setSecretId(id).build())
                .getOperationsList())
        .hasSize(4)
        .contains(updated, off, on);
    OperationServiceGrpc.OperationServiceBlockingStub operations =
        stub(OperationServiceGrpc.OperationServiceBlockingStub.class, coffer.token());
    assertThat(
            operations.cancel(
                CancelOperationRequest.newBuilder().setOperationId(off.getId()).build()))
        .isEqualTo(off);

    Operation deleted = secrets.delete(DeleteSecretRequest.newBuilder().setSecretId(id).build());
    assertThat(deleted.getDescription()).isEqualTo("Delete secret");
    assertThat(deleted.getMetadata().unpack(DeleteSecretMetadata.class).getSecretId())
        .isEqualTo(id);
    Secret gone = deleted.getResponse().unpack(Secret.class);
    assertThat(gone.getStatus()).isEqualTo(Secret.Status.STATUS_UNSPECIFIED);
    assertThat(gone.hasCurrentVersion()).isTrue();
    refused(
        Status.Code.NOT_FOUND,
        "secret " + id + " not found",
        () -> secrets.delete(DeleteSecretRequest.newBuilder().setSecretId(id).build()));
  }

  @Test
  void aVersionIsMadeCurrentScheduledForDestructionAndKept() throws InvalidProtocolBufferException {
    SecretServiceGrpc.SecretServiceBlockingStub secrets =
        stub(SecretServiceGrpc.SecretServiceBlockingStub.class, coffer.token());
    String id = created(secrets, "versions");
    String first =
        secrets
            .get(GetSecretRequest.newBuilder().setSecretId(id).build())
            .getCurrentVersion()
            .getId();
    var _ = secrets.addVersion(AddVersionRequest.newBuilder().setSecretId(id).build());

    Operation set =
        secrets.setCurrentVersion(
            SetCurrentVersionRequest.newBuilder().setSecretId(id).setVersionId(first).build());
    assertThat(set.getDescription()).isEqualTo("Set current version");
    assertThat(set.getMetadata().unpack(SetCurrentVersionMetadata.class).getVersionId())
        .isEqualTo(first);
    assertThat(set.getResponse().unpack(Version.class).getId()).isEqualTo(first);

    Operation scheduled =
        secrets.scheduleVersionDestruction(
            ScheduleVersionDestructionRequest.newBuilder()
                .setSecretId(id)
                .setVersionId(first)
                .build());
    assertThat(scheduled.getDescription()).isEqualTo("Schedule version destruction");
    ScheduleVersionDestructionMetadata metadata =
        scheduled.getMetadata().unpack(ScheduleVersionDestructionMetadata.class);
    Version version = scheduled.getResponse().unpack(Version.class);
    assertThat(version.getStatus()).isEqualTo(Version.Status.SCHEDULED_FOR_DESTRUCTION);
    assertThat(metadata.getDestroyAt()).isEqualTo(version.getDestroyAt());
    assertThat(Timestamps.toNanos(version.getDestroyAt()) % 1_000_000).isZero();
    assertThat(version.getDestroyAt().getSeconds() - scheduled.getCreatedAt().getSeconds())
        .isBetween(604_799L, 604_800L);

    Operation kept =
        secrets.cancelVersionDestruction(
            CancelVersionDestructionRequest.newBuilder()
                .setSecretId(id)
                .setVersionId(first)
                .build());
    assertThat(kept.getDescription()).isEqualTo("Cancel version destruction");
    assertThat(kept.getMetadata().unpack(CancelVersionDestructionMetadata.class).getVersionId())
        .isEqualTo(first);
    assertThat(kept.getResponse().unpack(Version.class).hasDestroyAt()).isFalse();

    assertThat(
            secrets
                .listVersions(ListVersionsRequest.newBuilder().setSecretId(id).build())
                .getVersionsList())
        .hasSize(2)
        .contains(kept.getResponse().unpack(Version.class));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "pending_period: must be 0 s to 365 days",
        () ->
            secrets.scheduleVersionDestruction(
                ScheduleVersionDestructionRequest.newBuilder()
                    .setSecretId(id)
                    .setVersionId(first)
                    .setPendingPeriod(
                        com.google.protobuf.Duration.newBuilder()
                            .setSeconds(Long.MAX_VALUE)
                            .setNanos(Integer.MAX_VALUE))
                    .build()));
  }

  @Test
  void aWrongPathOfAMaskIsNamed() throws InvalidProtocolBufferException {
    SecretServiceGrpc.SecretServiceBlockingStub secrets =
        stub(SecretServiceGrpc.SecretServiceBlockingStub.class, coffer.token());
    String id = created(secrets, "masked");
    for (String path : List.of("kms_key_id", "folder_id", "status", "labels.a", "")) {
      refused(
          Status.Code.INVALID_ARGUMENT,
          "update_mask path "
              + path
              + ": must be name, description, labels, deletion_protection "
              + "or password_payload_specification",
          () ->
              secrets.update(
                  UpdateSecretRequest.newBuilder()
                      .setSecretId(id)
                      .setUpdateMask(FieldMask.newBuilder().addPaths(path))
                      .build()));
    }
    refused(
        Status.Code.INVALID_ARGUMENT,
        "update_mask: must name a field",
        () ->
            secrets.update(
                UpdateSecretRequest.newBuilder()
                    .setSecretId(id)
                    .setUpdateMask(FieldMask.getDefaultInstance())
                    .build()));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "update_mask: presence must be required",
        () -> secrets.update(UpdateSecretRequest.newBuilder().setSecretId(id).build()));
    for (String path : List.of("deletionProtection", "passwordPayloadSpecification")) {
      var _ =
          secrets.update(
              UpdateSecretRequest.newBuilder()
                  .setSecretId(id)
                  .setUpdateMask(FieldMask.newBuilder().addPaths(path))
                  .build());
    }
  }

  @Test
  void discoveryAndLoginNeedNoToken() {
    assertThat(
            stub(ApiEndpointServiceGrpc.ApiEndpointServiceBlockingStub.class, "")
                .list(ListApiEndpointsRequest.getDefaultInstance())
                .getEndpointsList())
        .allSatisfy(
            endpoint -> assertThat("https://" + endpoint.getAddress()).isEqualTo(coffer.url()));
    CreateIamTokenResponse token =
        stub(IamTokenServiceGrpc.IamTokenServiceBlockingStub.class, "")
            .create(CreateIamTokenRequest.newBuilder().setJwt(coffer.adminKey().jwt()).build());
    assertThat(token.getIamToken()).matches("t1\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{86}");
  }

  @Test
  void healthIsToldToAnybody() {
    assertThat(
            stub(HealthGrpc.HealthBlockingStub.class, "")
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void anAnswerSaysItsRequestsIdInItsHeaders() {
    AtomicReference<Metadata> headers = new AtomicReference<>();
    var _ =
        stub(ApiEndpointServiceGrpc.ApiEndpointServiceBlockingStub.class, "")
            .withInterceptors(
                MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()))
            .list(ListApiEndpointsRequest.getDefaultInstance());
    assertThat(headers.get().get(key("x-request-id"))).matches("[0-9a-f-]{36}");
    assertThat(headers.get().get(key("x-server-trace-id"))).matches("[0-9a-f-]{36}");
  }

  @Test
  void aRefusalHasItsCodeItsWordsAndTheRequestsIdAsADetail() {
    refused(
        Status.Code.NOT_FOUND,
        "secret nope not found",
        () ->
            stub(SecretServiceGrpc.SecretServiceBlockingStub.class, coffer.token())
                .get(GetSecretRequest.newBuilder().setSecretId("nope").build()));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "secret_id: presence must be required",
        () ->
            stub(SecretServiceGrpc.SecretServiceBlockingStub.class, coffer.token())
                .get(GetSecretRequest.getDefaultInstance()));
    refused(
        Status.Code.UNAUTHENTICATED,
        "The authorization header is missing.",
        () ->
            stub(SecretServiceGrpc.SecretServiceBlockingStub.class, "")
                .get(GetSecretRequest.newBuilder().setSecretId("nope").build()));
    refused(
        Status.Code.UNAUTHENTICATED,
        "Token is invalid or has expired.",
        () ->
            stub(PayloadServiceGrpc.PayloadServiceBlockingStub.class, "hush")
                .get(GetPayloadRequest.newBuilder().setSecretId("nope").build()));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "version_payload_entries[0].text_value: length must be <=65536",
        () ->
            stub(SecretServiceGrpc.SecretServiceBlockingStub.class, coffer.token())
                .create(create("big", "v".repeat(512_000))));
  }

  @Test
  void whatIsNotServedIsUnimplemented() {
    Answer answer =
        coffer
            .rest()
            .post("/yandex.cloud.no.Service/Method", coffer.token(), "application/grpc", "");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("grpc-status")).isEqualTo("12");
  }

  @Test
  void aMessageOverFourMebibytesIsRefused() {
    StatusRuntimeException refusal =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                stub(SecretServiceGrpc.SecretServiceBlockingStub.class, coffer.token())
                    .create(create("hush", "hush".repeat(1_100_000))));
    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(refusal.getStatus().getDescription())
        .isEqualTo("the body is longer than 4194304 bytes");
    assertThat(refusal.toString()).doesNotContain("hush");
  }

  private static void refused(Status.Code code, String message, ThrowingCallable call) {
    StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(refusal.getStatus().getCode()).isEqualTo(code);
    assertThat(refusal.getStatus().getDescription()).isEqualTo(message);
    com.google.rpc.Status status = StatusProto.fromThrowable(refusal);
    if (status == null) {
      throw new AssertionError("a refusal without a status");
    }
    assertThat(status.getCode()).isEqualTo(code.value());
    assertThat(status.getDetailsList()).hasSize(1);
    Any detail = status.getDetails(0);
    assertThat(detail.getTypeUrl()).isEqualTo("type.googleapis.com/google.rpc.RequestInfo");
    try {
      assertThat(detail.unpack(RequestInfo.class).getRequestId()).matches("[0-9a-f-]{36}");
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static CreateSecretRequest create(String name) {
    return create(name, "v");
  }

  private static CreateSecretRequest create(String name, String value) {
    return CreateSecretRequest.newBuilder()
        .setFolderId(coffer.folderId())
        .setName(name)
        .addVersionPayloadEntries(PayloadEntryChange.newBuilder().setKey("k").setTextValue(value))
        .build();
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static <T> T stub(Class<T> type, String token) {
    var builder = GrpcClients.builder("gproto+" + coffer.url()).factory(factory);
    if (!token.isEmpty()) {
      builder.addHeader("authorization", "Bearer " + token);
    }
    return builder.build(type);
  }
}
