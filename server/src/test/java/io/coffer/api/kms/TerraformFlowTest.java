package io.coffer.api.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.coffer.server.RunningCoffer;
import io.coffer.wire.endpoint.ApiEndpoint;
import io.coffer.wire.endpoint.ApiEndpointServiceGrpc;
import io.coffer.wire.endpoint.ListApiEndpointsRequest;
import io.coffer.wire.kms.v1.CancelSymmetricKeyVersionDestructionMetadata;
import io.coffer.wire.kms.v1.CancelSymmetricKeyVersionDestructionRequest;
import io.coffer.wire.kms.v1.CreateSymmetricKeyMetadata;
import io.coffer.wire.kms.v1.CreateSymmetricKeyRequest;
import io.coffer.wire.kms.v1.DeleteSymmetricKeyMetadata;
import io.coffer.wire.kms.v1.DeleteSymmetricKeyRequest;
import io.coffer.wire.kms.v1.GenerateDataKeyRequest;
import io.coffer.wire.kms.v1.GetSymmetricKeyRequest;
import io.coffer.wire.kms.v1.ListSymmetricKeyVersionsRequest;
import io.coffer.wire.kms.v1.ListSymmetricKeysRequest;
import io.coffer.wire.kms.v1.RotateSymmetricKeyMetadata;
import io.coffer.wire.kms.v1.RotateSymmetricKeyRequest;
import io.coffer.wire.kms.v1.ScheduleSymmetricKeyVersionDestructionMetadata;
import io.coffer.wire.kms.v1.ScheduleSymmetricKeyVersionDestructionRequest;
import io.coffer.wire.kms.v1.SetPrimarySymmetricKeyVersionMetadata;
import io.coffer.wire.kms.v1.SetPrimarySymmetricKeyVersionRequest;
import io.coffer.wire.kms.v1.SymmetricAlgorithm;
import io.coffer.wire.kms.v1.SymmetricCryptoServiceGrpc;
import io.coffer.wire.kms.v1.SymmetricDecryptRequest;
import io.coffer.wire.kms.v1.SymmetricEncryptRequest;
import io.coffer.wire.kms.v1.SymmetricKey;
import io.coffer.wire.kms.v1.SymmetricKeyServiceGrpc;
import io.coffer.wire.kms.v1.SymmetricKeyVersion;
import io.coffer.wire.kms.v1.SymmetricReEncryptRequest;
import io.coffer.wire.kms.v1.UpdateSymmetricKeyMetadata;
import io.coffer.wire.kms.v1.UpdateSymmetricKeyRequest;
import io.coffer.wire.operation.GetOperationRequest;
import io.coffer.wire.operation.Operation;
import io.coffer.wire.operation.OperationServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys over gRPC and TLS: what the Terraform provider calls, in its order, and all the rest. */
@Timeout(120)
final class TerraformFlowTest {
  @TempDir private static Path home;
  private static RunningCoffer coffer;
  private static ClientFactory factory;
  private static SymmetricKeyServiceGrpc.SymmetricKeyServiceBlockingStub keys;
  private static SymmetricCryptoServiceGrpc.SymmetricCryptoServiceBlockingStub crypto;

  @BeforeAll
  static void start() {
    coffer = RunningCoffer.start(home);
    factory =
        ClientFactory.builder()
            .tlsCustomizer(tls -> tls.trustManager(coffer.caCertificate().toFile()))
            .build();
    keys = stub(SymmetricKeyServiceGrpc.SymmetricKeyServiceBlockingStub.class);
    crypto = stub(SymmetricCryptoServiceGrpc.SymmetricCryptoServiceBlockingStub.class);
  }

  @AfterAll
  static void stop() {
    factory.close();
    coffer.close();
  }

  private static <T> T stub(Class<T> type) {
    return GrpcClients.builder("gproto+" + coffer.url())
        .factory(factory)
        .addHeader("authorization", "Bearer " + coffer.token())
        .build(type);
  }

  /** As the provider waits: asks for the operation until it is done. */
  private static Operation waited(Operation started) {
    Operation operation =
        stub(OperationServiceGrpc.OperationServiceBlockingStub.class)
            .get(GetOperationRequest.newBuilder().setOperationId(started.getId()).build());
    assertThat(operation).isEqualTo(started);
    assertThat(operation.getDone()).isTrue();
    return operation;
  }

  private static <M extends Message> M unpacked(Any any, Class<M> type) {
    try {
      return any.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static SymmetricKey get(String keyId) {
    return keys.get(GetSymmetricKeyRequest.newBuilder().setKeyId(keyId).build());
  }

  private static String made(SymmetricAlgorithm algorithm) {
    Operation created =
        keys.create(
            CreateSymmetricKeyRequest.newBuilder()
                .setFolderId(coffer.folderId())
                .setDefaultAlgorithm(algorithm)
                .build());
    return unpacked(created.getMetadata(), CreateSymmetricKeyMetadata.class).getKeyId();
  }

  private static void refused(Status.Code code, String words, ThrowingCallable call) {
    StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(refusal.getStatus().getDescription()).isEqualTo(words);
    assertThat(refusal.getStatus().getCode()).isEqualTo(code);
  }

  @Test
  @SuppressWarnings("deprecation") // The provider sends it all the same.
  void theResourceIsCreatedReadChangedAndDestroyed() {
    assertThat(
            stub(ApiEndpointServiceGrpc.ApiEndpointServiceBlockingStub.class)
                .list(ListApiEndpointsRequest.newBuilder().setPageSize(100).build())
                .getEndpointsList()
                .stream()
                .map(ApiEndpoint::getId)
                .collect(Collectors.toSet()))
        .contains("kms", "kms-crypto");

    Operation created =
        waited(
            keys.create(
                CreateSymmetricKeyRequest.newBuilder()
                    .setFolderId(coffer.folderId())
                    .setName("key-a")
                    .setDescription("description for key-a")
                    .putLabels("tf-label", "tf-label-value")
                    .setDefaultAlgorithm(SymmetricAlgorithm.AES_128)
                    .setRotationPeriod(Duration.newBuilder().setSeconds(86_400))
                    .setDeletionProtection(true)
                    .build()));
    assertThat(created.getDescription()).isEqualTo("Create symmetric key");
    String keyId = unpacked(created.getMetadata(), CreateSymmetricKeyMetadata.class).getKeyId();
    SymmetricKey key = get(keyId);
    assertThat(unpacked(created.getResponse(), SymmetricKey.class)).isEqualTo(key);
    assertThat(unpacked(created.getMetadata(), CreateSymmetricKeyMetadata.class))
        .isEqualTo(
            CreateSymmetricKeyMetadata.newBuilder()
                .setKeyId(keyId)
                .setPrimaryVersionId(key.getPrimaryVersion().getId())
                .build());
    assertThat(key)
        .isEqualTo(
            SymmetricKey.newBuilder()
                .setId(keyId)
                .setFolderId(coffer.folderId())
                .setCreatedAt(key.getCreatedAt())
                .setRotatedAt(key.getCreatedAt())
                .setName("key-a")
                .setDescription("description for key-a")
                .putLabels("tf-label", "tf-label-value")
                .setStatus(SymmetricKey.Status.ACTIVE)
                .setDefaultAlgorithm(SymmetricAlgorithm.AES_128)
                .setRotationPeriod(Duration.newBuilder().setSeconds(86_400))
                .setDeletionProtection(true)
                .setPrimaryVersion(
                    SymmetricKeyVersion.newBuilder()
                        .setId(key.getPrimaryVersion().getId())
                        .setKeyId(keyId)
                        .setStatus(SymmetricKeyVersion.Status.ACTIVE)
                        .setAlgorithm(SymmetricAlgorithm.AES_128)
                        .setCreatedAt(key.getCreatedAt())
                        .setPrimary(true))
                .build());

    refused(
        Status.Code.FAILED_PRECONDITION,
        keyId + ": deletion protection is set",
        () -> keys.delete(DeleteSymmetricKeyRequest.newBuilder().setKeyId(keyId).build()));

    Operation updated =
        waited(
            keys.update(
                UpdateSymmetricKeyRequest.newBuilder()
                    .setKeyId(keyId)
                    .setUpdateMask(
                        FieldMask.newBuilder()
                            .addAllPaths(
                                List.of(
                                    "default_algorithm",
                                    "deletion_protection",
                                    "description",
                                    "labels",
                                    "name",
                                    "rotation_period")))
                    .setName("key-a-updated")
                    .setDescription("updated")
                    .putLabels("empty-label", "")
                    .setDefaultAlgorithm(SymmetricAlgorithm.AES_256)
                    .build()));
    assertThat(updated.getMetadata().is(UpdateSymmetricKeyMetadata.class)).isTrue();
    SymmetricKey changed = get(keyId);
    assertThat(unpacked(updated.getResponse(), SymmetricKey.class)).isEqualTo(changed);
    assertThat(changed)
        .isEqualTo(
            key.toBuilder()
                .setName("key-a-updated")
                .setDescription("updated")
                .clearLabels()
                .putLabels("empty-label", "")
                .setDefaultAlgorithm(SymmetricAlgorithm.AES_256)
                .clearRotationPeriod()
                .setDeletionProtection(false)
                .build());

    Operation deleted =
        waited(keys.delete(DeleteSymmetricKeyRequest.newBuilder().setKeyId(keyId).build()));
    assertThat(unpacked(deleted.getMetadata(), DeleteSymmetricKeyMetadata.class).getKeyId())
        .isEqualTo(keyId);
    assertThat(deleted.getResponse().is(SymmetricKey.class)).isTrue();
    refused(Status.Code.NOT_FOUND, "symmetric key " + keyId + " not found", () -> get(keyId));
    assertThat(
            keys.list(ListSymmetricKeysRequest.newBuilder().setFolderId(coffer.folderId()).build())
                .getKeysList())
        .noneMatch(listed -> listed.getId().equals(keyId));
  }

  @Test
  void versionsAreRotatedMadePrimaryScheduledAndKept() {
    String keyId = made(SymmetricAlgorithm.AES_256);
    String first = get(keyId).getPrimaryVersion().getId();

    Operation rotated =
        waited(keys.rotate(RotateSymmetricKeyRequest.newBuilder().setKeyId(keyId).build()));
    String second =
        unpacked(rotated.getMetadata(), RotateSymmetricKeyMetadata.class).getNewPrimaryVersionId();
    assertThat(unpacked(rotated.getResponse(), SymmetricKey.class).getPrimaryVersion().getId())
        .isEqualTo(second);

    Operation scheduled =
        waited(
            keys.scheduleVersionDestruction(
                ScheduleSymmetricKeyVersionDestructionRequest.newBuilder()
                    .setKeyId(keyId)
                    .setVersionId(first)
                    .build()));
    SymmetricKeyVersion doomed = unpacked(scheduled.getResponse(), SymmetricKeyVersion.class);
    assertThat(doomed.getStatus()).isEqualTo(SymmetricKeyVersion.Status.SCHEDULED_FOR_DESTRUCTION);
    assertThat(
            unpacked(scheduled.getMetadata(), ScheduleSymmetricKeyVersionDestructionMetadata.class))
        .isEqualTo(
            ScheduleSymmetricKeyVersionDestructionMetadata.newBuilder()
                .setKeyId(keyId)
                .setVersionId(first)
                .setDestroyAt(doomed.getDestroyAt())
                .build());
    assertThat(doomed.getDestroyAt().getSeconds() - scheduled.getCreatedAt().getSeconds())
        .isEqualTo(7 * 86_400);

    Operation kept =
        waited(
            keys.cancelVersionDestruction(
                CancelSymmetricKeyVersionDestructionRequest.newBuilder()
                    .setKeyId(keyId)
                    .setVersionId(first)
                    .build()));
    assertThat(kept.getMetadata().is(CancelSymmetricKeyVersionDestructionMetadata.class)).isTrue();
    assertThat(unpacked(kept.getResponse(), SymmetricKeyVersion.class).getStatus())
        .isEqualTo(SymmetricKeyVersion.Status.ACTIVE);

    Operation primary =
        waited(
            keys.setPrimaryVersion(
                SetPrimarySymmetricKeyVersionRequest.newBuilder()
                    .setKeyId(keyId)
                    .setVersionId(first)
                    .build()));
    assertThat(
            unpacked(primary.getMetadata(), SetPrimarySymmetricKeyVersionMetadata.class)
                .getVersionId())
        .isEqualTo(first);
    List<SymmetricKeyVersion> versions =
        keys.listVersions(ListSymmetricKeyVersionsRequest.newBuilder().setKeyId(keyId).build())
            .getKeyVersionsList();
    assertThat(versions)
        .extracting(SymmetricKeyVersion::getId)
        .containsExactlyInAnyOrder(first, second);
    assertThat(versions).allMatch(version -> version.getPrimary() == version.getId().equals(first));
  }

  @Test
  void whatIsEncryptedOpensInItsContextOnly() {
    String keyId = made(SymmetricAlgorithm.AES_256);
    ByteString context = ByteString.copyFromUtf8("context");
    ByteString plaintext = ByteString.copyFrom(new byte[32_768]);
    var encrypted =
        crypto.encrypt(
            SymmetricEncryptRequest.newBuilder()
                .setKeyId(keyId)
                .setAadContext(context)
                .setPlaintext(plaintext)
                .build());
    var request =
        SymmetricDecryptRequest.newBuilder()
            .setKeyId(keyId)
            .setCiphertext(encrypted.getCiphertext());
    var decrypted = crypto.decrypt(request.setAadContext(context).build());
    assertThat(decrypted.getPlaintext()).isEqualTo(plaintext);
    assertThat(decrypted.getVersionId()).isEqualTo(encrypted.getVersionId());
    refused(
        Status.Code.INVALID_ARGUMENT,
        "ciphertext: must be one that this key made, with the same aad_context",
        () -> crypto.decrypt(request.clearAadContext().build()));

    var again =
        crypto.reEncrypt(
            SymmetricReEncryptRequest.newBuilder()
                .setKeyId(keyId)
                .setSourceKeyId(keyId)
                .setSourceAadContext(context)
                .setCiphertext(encrypted.getCiphertext())
                .build());
    assertThat(again.getSourceVersionId()).isEqualTo(encrypted.getVersionId());
    assertThat(
            crypto
                .decrypt(
                    SymmetricDecryptRequest.newBuilder()
                        .setKeyId(keyId)
                        .setCiphertext(again.getCiphertext())
                        .build())
                .getPlaintext())
        .isEqualTo(plaintext);
  }

  @Test
  void aDataKeyComesInPlainUnlessThatIsSkipped() {
    String keyId = made(SymmetricAlgorithm.AES_192);
    var request =
        GenerateDataKeyRequest.newBuilder()
            .setKeyId(keyId)
            .setDataKeySpec(SymmetricAlgorithm.AES_256);
    var both = crypto.generateDataKey(request.build());
    assertThat(both.getDataKeyPlaintext().size()).isEqualTo(32);
    assertThat(
            crypto
                .decrypt(
                    SymmetricDecryptRequest.newBuilder()
                        .setKeyId(keyId)
                        .setCiphertext(both.getDataKeyCiphertext())
                        .build())
                .getPlaintext())
        .isEqualTo(both.getDataKeyPlaintext());
    var one = crypto.generateDataKey(request.setSkipPlaintext(true).build());
    assertThat(one.getDataKeyPlaintext().isEmpty()).isTrue();
    assertThat(one.getDataKeyCiphertext().isEmpty()).isFalse();
    refused(
        Status.Code.INVALID_ARGUMENT,
        "data_key_spec: must be AES_128, AES_192 or AES_256",
        () -> crypto.generateDataKey(request.clearDataKeySpec().build()));
  }

  @Test
  void oneByteTooManyIsRefused() {
    String keyId = made(SymmetricAlgorithm.AES_256);
    refused(
        Status.Code.INVALID_ARGUMENT,
        "plaintext: length must be <=32768",
        () ->
            crypto.encrypt(
                SymmetricEncryptRequest.newBuilder()
                    .setKeyId(keyId)
                    .setPlaintext(ByteString.copyFrom(new byte[32_769]))
                    .build()));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "aad_context: length must be <=8192",
        () ->
            crypto.encrypt(
                SymmetricEncryptRequest.newBuilder()
                    .setKeyId(keyId)
                    .setPlaintext(ByteString.copyFromUtf8("p"))
                    .setAadContext(ByteString.copyFrom(new byte[8_193]))
                    .build()));
  }

  @Test
  void anAlgorithmThatIsNotHereIsRefusedAloud() {
    refused(
        Status.Code.UNIMPLEMENTED,
        "AES_256_HSM, for want of a hardware token, is not supported",
        () -> made(SymmetricAlgorithm.AES_256_HSM));
    refused(
        Status.Code.UNIMPLEMENTED,
        "GOST_R_3412_2015_K is not supported",
        () -> made(SymmetricAlgorithm.GOST_R_3412_2015_K));
  }

  @Test
  void aStatusIsActiveOrInactive() {
    String keyId = made(SymmetricAlgorithm.AES_256);
    var request =
        UpdateSymmetricKeyRequest.newBuilder()
            .setKeyId(keyId)
            .setUpdateMask(FieldMask.newBuilder().addPaths("status"));
    var _ = keys.update(request.setStatus(SymmetricKey.Status.INACTIVE).build());
    assertThat(get(keyId).getStatus()).isEqualTo(SymmetricKey.Status.INACTIVE);
    refused(
        Status.Code.FAILED_PRECONDITION,
        keyId + ": key is INACTIVE",
        () ->
            crypto.encrypt(
                SymmetricEncryptRequest.newBuilder()
                    .setKeyId(keyId)
                    .setPlaintext(ByteString.copyFromUtf8("p"))
                    .build()));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "status: must be ACTIVE or INACTIVE",
        () -> keys.update(request.setStatus(SymmetricKey.Status.CREATING).build()));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "update_mask: must name fields of a key that can change",
        () ->
            keys.update(
                UpdateSymmetricKeyRequest.newBuilder()
                    .setKeyId(keyId)
                    .setUpdateMask(FieldMask.newBuilder().addPaths("folder_id"))
                    .build()));
  }
}
