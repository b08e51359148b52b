package io.coffer.api.lockbox;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.ByteString;
import io.coffer.api.rpc.WireTime;
import io.coffer.core.operation.Operation;
import io.coffer.core.secret.PasswordSpecification;
import io.coffer.core.secret.PayloadEntry;
import io.coffer.core.secret.SecretResult;
import io.coffer.core.secret.VersionStatus;
import io.coffer.wire.lockbox.v1.CreateSecretMetadata;
import io.coffer.wire.lockbox.v1.Payload;
import io.coffer.wire.lockbox.v1.Secret;
import io.coffer.wire.lockbox.v1.Version;
import java.util.Optional;

/** From nouns to Lockbox's messages. Resources show milliseconds, operations nanoseconds. */
final class LockboxRender {
  private LockboxRender() {}

  static Secret secret(
      io.coffer.core.secret.Secret secret, Optional<io.coffer.core.secret.Version> current) {
    Secret.Builder out =
        Secret.newBuilder()
            .setId(secret.id())
            .setFolderId(secret.folderId())
            .setCreatedAt(WireTime.millis(secret.createdAt()))
            .setName(secret.name())
            .setDescription(secret.description())
            .putAllLabels(secret.labels())
            .setKmsKeyId(secret.kmsKeyId())
            .setStatus(
                switch (secret.status()) {
                  case ACTIVE -> Secret.Status.ACTIVE;
                  case INACTIVE -> Secret.Status.INACTIVE;
                })
            .setDeletionProtection(secret.deletionProtection());
    current.ifPresent(version -> out.setCurrentVersion(version(version)));
    secret
        .password()
        .ifPresent(password -> out.setPasswordPayloadSpecification(specification(password)));
    return out.build();
  }

  static Version version(io.coffer.core.secret.Version version) {
    Version.Builder out =
        Version.newBuilder()
            .setId(version.id())
            .setSecretId(version.secretId())
            .setCreatedAt(WireTime.millis(version.createdAt()))
            .setDescription(version.description())
            .addAllPayloadEntryKeys(version.entryKeys());
    switch (version.status()) {
      case VersionStatus.Active() -> out.setStatus(Version.Status.ACTIVE);
      case VersionStatus.Scheduled(var destroyAt) ->
          out.setStatus(Version.Status.SCHEDULED_FOR_DESTRUCTION)
              .setDestroyAt(WireTime.millis(destroyAt));
      case VersionStatus.Destroyed() -> out.setStatus(Version.Status.DESTROYED);
    }
    version
        .password()
        .ifPresent(password -> out.setPasswordPayloadSpecification(specification(password)));
    return out.build();
  }

  static Payload payload(io.coffer.core.secret.Payload payload) {
    Payload.Builder out = Payload.newBuilder().setVersionId(payload.versionId());
    for (PayloadEntry entry : payload.entries()) {
      ByteString value = entry.value().lend(ByteString::copyFrom);
      Payload.Entry.Builder rendered = Payload.Entry.newBuilder().setKey(entry.key());
      if (entry.binary()) {
        rendered.setBinaryValue(value);
      } else {
        rendered.setTextValueBytes(value);
      }
      out.addEntries(rendered);
    }
    return out.build();
  }

  static io.coffer.wire.operation.Operation operation(Operation operation) {
    return io.coffer.wire.operation.Operation.newBuilder()
        .setId(operation.id())
        .setDescription(operation.kind().description())
        .setCreatedAt(WireTime.nanos(operation.createdAt()))
        .setCreatedBy(operation.createdBy())
        .setModifiedAt(WireTime.nanos(operation.modifiedAt()))
        .setDone(true)
        .setMetadata(metadata(operation))
        .setResponse(response(operation))
        .build();
  }

  private static Any response(Operation operation) {
    return switch (operation.kind()) {
      case CREATE_SECRET -> {
        SecretResult result = SecretResult.decode(operation.result());
        yield Any.pack(secret(result.secret(), result.current()));
      }
    };
  }

  private static Any metadata(Operation operation) {
    return switch (operation.kind()) {
      case CREATE_SECRET ->
          Any.pack(
              CreateSecretMetadata.newBuilder()
                  .setSecretId(operation.resourceId())
                  .setVersionId(operation.versionId())
                  .build());
    };
  }

  private static io.coffer.wire.lockbox.v1.PasswordPayloadSpecification specification(
      PasswordSpecification password) {
    var out =
        io.coffer.wire.lockbox.v1.PasswordPayloadSpecification.newBuilder()
            .setPasswordKey(password.key())
            .setLength(password.length())
            .setIncludedPunctuation(password.includedPunctuation())
            .setExcludedPunctuation(password.excludedPunctuation());
    password.uppercase().ifPresent(yes -> out.setIncludeUppercase(BoolValue.of(yes)));
    password.lowercase().ifPresent(yes -> out.setIncludeLowercase(BoolValue.of(yes)));
    password.digits().ifPresent(yes -> out.setIncludeDigits(BoolValue.of(yes)));
    password.punctuation().ifPresent(yes -> out.setIncludePunctuation(BoolValue.of(yes)));
    return out.build();
  }
}
