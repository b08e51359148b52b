package io.coffer.api.kms;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import io.coffer.Bytes;
import io.coffer.SecretBytes;
import io.coffer.api.rpc.WireTime;
import io.coffer.core.kms.KeyResult;
import io.coffer.core.kms.KeyVersion;
import io.coffer.core.operation.Operation;
import io.coffer.crypto.TenantKey.Algorithm;
import io.coffer.wire.kms.v1.CancelSymmetricKeyVersionDestructionMetadata;
import io.coffer.wire.kms.v1.CreateSymmetricKeyMetadata;
import io.coffer.wire.kms.v1.DeleteSymmetricKeyMetadata;
import io.coffer.wire.kms.v1.RotateSymmetricKeyMetadata;
import io.coffer.wire.kms.v1.ScheduleSymmetricKeyVersionDestructionMetadata;
import io.coffer.wire.kms.v1.SetPrimarySymmetricKeyVersionMetadata;
import io.coffer.wire.kms.v1.SymmetricAlgorithm;
import io.coffer.wire.kms.v1.SymmetricKey;
import io.coffer.wire.kms.v1.SymmetricKeyOuterClass;
import io.coffer.wire.kms.v1.SymmetricKeyServiceOuterClass;
import io.coffer.wire.kms.v1.SymmetricKeyVersion;
import io.coffer.wire.kms.v1.UpdateSymmetricKeyMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** From nouns to the KMS's messages. */
public final class KmsRender {
  private KmsRender() {}

  /** What operations on keys may carry in an {@code Any}: whoever prints JSON must know it. */
  public static List<Descriptor> packedTypes() {
    List<Descriptor> types = new ArrayList<>();
    types.addAll(SymmetricKeyOuterClass.getDescriptor().getMessageTypes());
    types.addAll(SymmetricKeyServiceOuterClass.getDescriptor().getMessageTypes());
    return types;
  }

  static SymmetricKey key(io.coffer.core.kms.SymmetricKey key, KeyVersion primary) {
    SymmetricKey.Builder out =
        SymmetricKey.newBuilder()
            .setId(key.id())
            .setFolderId(key.folderId())
            .setCreatedAt(WireTime.millis(key.createdAt()))
            .setName(key.name())
            .setDescription(key.description())
            .putAllLabels(key.labels())
            .setStatus(
                switch (key.status()) {
                  case ACTIVE -> SymmetricKey.Status.ACTIVE;
                  case INACTIVE -> SymmetricKey.Status.INACTIVE;
                })
            .setPrimaryVersion(version(primary, key))
            .setDefaultAlgorithm(algorithm(key.defaultAlgorithm()))
            .setRotatedAt(WireTime.millis(key.rotatedAt()))
            .setDeletionProtection(key.deletionProtection());
    key.rotationPeriod().ifPresent(period -> out.setRotationPeriod(duration(period)));
    return out.build();
  }

  static SymmetricKeyVersion version(KeyVersion version, io.coffer.core.kms.SymmetricKey key) {
    SymmetricKeyVersion.Builder out =
        SymmetricKeyVersion.newBuilder()
            .setId(version.id())
            .setKeyId(version.keyId())
            .setAlgorithm(algorithm(version.algorithm()))
            .setCreatedAt(WireTime.millis(version.createdAt()))
            .setPrimary(version.id().equals(key.primaryVersion()));
    switch (version.status()) {
      case KeyVersion.Status.Active() -> out.setStatus(SymmetricKeyVersion.Status.ACTIVE);
      case KeyVersion.Status.Scheduled(var destroyAt) ->
          out.setStatus(SymmetricKeyVersion.Status.SCHEDULED_FOR_DESTRUCTION)
              .setDestroyAt(WireTime.millis(destroyAt));
      case KeyVersion.Status.Destroyed() -> out.setStatus(SymmetricKeyVersion.Status.DESTROYED);
    }
    return out.build();
  }

  private static SymmetricAlgorithm algorithm(Algorithm algorithm) {
    return switch (algorithm) {
      case AES_128 -> SymmetricAlgorithm.AES_128;
      case AES_192 -> SymmetricAlgorithm.AES_192;
      case AES_256 -> SymmetricAlgorithm.AES_256;
    };
  }

  private static com.google.protobuf.Duration duration(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  static ByteString bytes(Bytes bytes) {
    return ByteString.copyFrom(bytes.shared());
  }

  static ByteString bytes(SecretBytes secret) {
    return secret.lend(ByteString::copyFrom);
  }

  /** What an operation on a whole key answered with. */
  public static Message keyIn(Operation operation) {
    KeyResult result = KeyResult.decode(operation.result());
    return key(result.key(), result.version());
  }

  /** What an operation on one version answered with. */
  public static Message versionIn(Operation operation) {
    KeyResult result = KeyResult.decode(operation.result());
    return version(result.version(), result.key());
  }

  public static Message created(Operation operation) {
    return CreateSymmetricKeyMetadata.newBuilder()
        .setKeyId(operation.resourceId())
        .setPrimaryVersionId(operation.versionId())
        .build();
  }

  public static Message updated(Operation operation) {
    return UpdateSymmetricKeyMetadata.newBuilder().setKeyId(operation.resourceId()).build();
  }

  public static Message deleted(Operation operation) {
    return DeleteSymmetricKeyMetadata.newBuilder().setKeyId(operation.resourceId()).build();
  }

  public static Message primarySet(Operation operation) {
    return SetPrimarySymmetricKeyVersionMetadata.newBuilder()
        .setKeyId(operation.resourceId())
        .setVersionId(operation.versionId())
        .build();
  }

  public static Message rotated(Operation operation) {
    return RotateSymmetricKeyMetadata.newBuilder()
        .setKeyId(operation.resourceId())
        .setNewPrimaryVersionId(operation.versionId())
        .build();
  }

  public static Message destructionScheduled(Operation operation) {
    KeyResult result = KeyResult.decode(operation.result());
    return ScheduleSymmetricKeyVersionDestructionMetadata.newBuilder()
        .setKeyId(operation.resourceId())
        .setVersionId(operation.versionId())
        .setDestroyAt(version(result.version(), result.key()).getDestroyAt())
        .build();
  }

  public static Message destructionCancelled(Operation operation) {
    return CancelSymmetricKeyVersionDestructionMetadata.newBuilder()
        .setKeyId(operation.resourceId())
        .setVersionId(operation.versionId())
        .build();
  }
}
