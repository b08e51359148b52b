package io.coffer.api.lockbox;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import io.coffer.api.access.BindingRender;
import io.coffer.api.iam.IamRender;
import io.coffer.api.kms.KmsRender;
import io.coffer.api.organizationmanager.GroupRender;
import io.coffer.api.resourcemanager.PlaceRender;
import io.coffer.api.rpc.WireTime;
import io.coffer.api.workload.WorkloadRender;
import io.coffer.core.operation.Operation;
import io.coffer.core.secret.PasswordSpecification;
import io.coffer.core.secret.PayloadEntry;
import io.coffer.core.secret.SecretResult;
import io.coffer.core.secret.VersionResult;
import io.coffer.core.secret.VersionStatus;
import io.coffer.wire.access.SetAccessBindingsMetadata;
import io.coffer.wire.access.UpdateAccessBindingsMetadata;
import io.coffer.wire.iam.v1.ReactivateServiceAccountResponse;
import io.coffer.wire.iam.v1.SuspendServiceAccountResponse;
import io.coffer.wire.lockbox.v1.ActivateSecretMetadata;
import io.coffer.wire.lockbox.v1.AddVersionMetadata;
import io.coffer.wire.lockbox.v1.CancelVersionDestructionMetadata;
import io.coffer.wire.lockbox.v1.CreateSecretMetadata;
import io.coffer.wire.lockbox.v1.DeactivateSecretMetadata;
import io.coffer.wire.lockbox.v1.DeleteSecretMetadata;
import io.coffer.wire.lockbox.v1.GetExResponse;
import io.coffer.wire.lockbox.v1.Payload;
import io.coffer.wire.lockbox.v1.ScheduleVersionDestructionMetadata;
import io.coffer.wire.lockbox.v1.Secret;
import io.coffer.wire.lockbox.v1.SetCurrentVersionMetadata;
import io.coffer.wire.lockbox.v1.UpdateSecretMetadata;
import io.coffer.wire.lockbox.v1.Version;
import java.util.Optional;

/** From nouns to Lockbox's messages. Resources show milliseconds, operations nanoseconds. */
public final class LockboxRender {
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

  static GetExResponse payloadEx(io.coffer.core.secret.Payload payload) {
    GetExResponse.Builder out =
        GetExResponse.newBuilder()
            .setSecretId(payload.secretId())
            .setVersionId(payload.versionId());
    payload
        .entries()
        .forEach(entry -> out.putEntries(entry.key(), entry.value().lend(ByteString::copyFrom)));
    return out.build();
  }

  /** An operation on whatever resource; what it carries says on which. */
  public static io.coffer.wire.operation.Operation operation(Operation operation) {
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
      case CREATE_SECRET, UPDATE_SECRET, ACTIVATE_SECRET, DEACTIVATE_SECRET ->
          Any.pack(secret(operation));
      // One that is gone is in no state.
      case DELETE_SECRET -> Any.pack(secret(operation).toBuilder().clearStatus().build());
      case ADD_VERSION,
          SET_CURRENT_VERSION,
          SCHEDULE_VERSION_DESTRUCTION,
          CANCEL_VERSION_DESTRUCTION ->
          Any.pack(version(operation));
      case SET_ACCESS_BINDINGS, UPDATE_ACCESS_BINDINGS, SET_KEY_BINDINGS, UPDATE_KEY_BINDINGS ->
          Any.pack(Empty.getDefaultInstance());
      case SET_CLOUD_BINDINGS,
          UPDATE_CLOUD_BINDINGS,
          SET_FOLDER_BINDINGS,
          UPDATE_FOLDER_BINDINGS,
          SET_SERVICE_ACCOUNT_BINDINGS,
          UPDATE_SERVICE_ACCOUNT_BINDINGS,
          SET_GROUP_BINDINGS,
          UPDATE_GROUP_BINDINGS,
          SET_FEDERATION_BINDINGS,
          UPDATE_FEDERATION_BINDINGS ->
          Any.pack(BindingRender.changed(operation));
      case CREATE_SERVICE_ACCOUNT, UPDATE_SERVICE_ACCOUNT ->
          Any.pack(IamRender.accountIn(operation));
      case SUSPEND_SERVICE_ACCOUNT -> Any.pack(SuspendServiceAccountResponse.getDefaultInstance());
      case REACTIVATE_SERVICE_ACCOUNT ->
          Any.pack(ReactivateServiceAccountResponse.getDefaultInstance());
      case UPDATE_ACCOUNT_KEY, UPDATE_USER_KEY -> Any.pack(IamRender.keyIn(operation));
      case UPDATE_API_KEY -> Any.pack(IamRender.apiKeyIn(operation));
      case CREATE_GROUP, UPDATE_GROUP -> Any.pack(GroupRender.groupIn(operation));
      case CREATE_FEDERATION, UPDATE_FEDERATION -> Any.pack(WorkloadRender.federationIn(operation));
      case CREATE_FEDERATED_CREDENTIAL -> Any.pack(WorkloadRender.credentialIn(operation));
      case CREATE_CLOUD, UPDATE_CLOUD -> Any.pack(PlaceRender.cloudIn(operation));
      case CREATE_FOLDER, UPDATE_FOLDER -> Any.pack(PlaceRender.folderIn(operation));
      case DELETE_CLOUD,
          DELETE_FOLDER,
          DELETE_SERVICE_ACCOUNT,
          DELETE_ACCOUNT_KEY,
          DELETE_USER_KEY,
          DELETE_API_KEY,
          DELETE_GROUP,
          UPDATE_GROUP_MEMBERS,
          DELETE_FEDERATION,
          DELETE_FEDERATED_CREDENTIAL ->
          Any.pack(Empty.getDefaultInstance());
      case CREATE_KEY, UPDATE_KEY, DELETE_KEY, SET_PRIMARY_KEY_VERSION, ROTATE_KEY ->
          Any.pack(KmsRender.keyIn(operation));
      case SCHEDULE_KEY_VERSION_DESTRUCTION, CANCEL_KEY_VERSION_DESTRUCTION ->
          Any.pack(KmsRender.versionIn(operation));
    };
  }

  private static Secret secret(Operation operation) {
    SecretResult result = SecretResult.decode(operation.result());
    return secret(result.secret(), result.current());
  }

  private static Version version(Operation operation) {
    return version(VersionResult.decode(operation.result()).version());
  }

  private static Any metadata(Operation operation) {
    String secretId = operation.resourceId();
    String versionId = operation.versionId();
    return Any.pack(
        switch (operation.kind()) {
          case CREATE_SECRET ->
              CreateSecretMetadata.newBuilder()
                  .setSecretId(secretId)
                  .setVersionId(versionId)
                  .build();
          case UPDATE_SECRET -> UpdateSecretMetadata.newBuilder().setSecretId(secretId).build();
          case DELETE_SECRET -> DeleteSecretMetadata.newBuilder().setSecretId(secretId).build();
          case ACTIVATE_SECRET -> ActivateSecretMetadata.newBuilder().setSecretId(secretId).build();
          case DEACTIVATE_SECRET ->
              DeactivateSecretMetadata.newBuilder().setSecretId(secretId).build();
          case ADD_VERSION ->
              AddVersionMetadata.newBuilder().setSecretId(secretId).setVersionId(versionId).build();
          case SET_CURRENT_VERSION ->
              SetCurrentVersionMetadata.newBuilder()
                  .setSecretId(secretId)
                  .setVersionId(versionId)
                  .build();
          case SCHEDULE_VERSION_DESTRUCTION ->
              ScheduleVersionDestructionMetadata.newBuilder()
                  .setSecretId(secretId)
                  .setVersionId(versionId)
                  .setDestroyAt(version(operation).getDestroyAt())
                  .build();
          case CANCEL_VERSION_DESTRUCTION ->
              CancelVersionDestructionMetadata.newBuilder()
                  .setSecretId(secretId)
                  .setVersionId(versionId)
                  .build();
          case SET_ACCESS_BINDINGS,
              SET_CLOUD_BINDINGS,
              SET_FOLDER_BINDINGS,
              SET_KEY_BINDINGS,
              SET_SERVICE_ACCOUNT_BINDINGS,
              SET_GROUP_BINDINGS,
              SET_FEDERATION_BINDINGS ->
              SetAccessBindingsMetadata.newBuilder().setResourceId(operation.resourceId()).build();
          case UPDATE_ACCESS_BINDINGS,
              UPDATE_CLOUD_BINDINGS,
              UPDATE_FOLDER_BINDINGS,
              UPDATE_KEY_BINDINGS,
              UPDATE_SERVICE_ACCOUNT_BINDINGS,
              UPDATE_GROUP_BINDINGS,
              UPDATE_FEDERATION_BINDINGS ->
              UpdateAccessBindingsMetadata.newBuilder()
                  .setResourceId(operation.resourceId())
                  .build();
          case CREATE_SERVICE_ACCOUNT,
              UPDATE_SERVICE_ACCOUNT,
              DELETE_SERVICE_ACCOUNT,
              SUSPEND_SERVICE_ACCOUNT,
              REACTIVATE_SERVICE_ACCOUNT,
              UPDATE_ACCOUNT_KEY,
              DELETE_ACCOUNT_KEY,
              UPDATE_USER_KEY,
              DELETE_USER_KEY,
              UPDATE_API_KEY,
              DELETE_API_KEY ->
              IamRender.metadata(operation);
          case CREATE_GROUP, UPDATE_GROUP, DELETE_GROUP, UPDATE_GROUP_MEMBERS ->
              GroupRender.metadata(operation);
          case CREATE_FEDERATION,
              UPDATE_FEDERATION,
              DELETE_FEDERATION,
              CREATE_FEDERATED_CREDENTIAL,
              DELETE_FEDERATED_CREDENTIAL ->
              WorkloadRender.metadata(operation);
          case CREATE_CLOUD,
              UPDATE_CLOUD,
              DELETE_CLOUD,
              CREATE_FOLDER,
              UPDATE_FOLDER,
              DELETE_FOLDER ->
              PlaceRender.metadata(operation);
          case CREATE_KEY -> KmsRender.created(operation);
          case UPDATE_KEY -> KmsRender.updated(operation);
          case DELETE_KEY -> KmsRender.deleted(operation);
          case SET_PRIMARY_KEY_VERSION -> KmsRender.primarySet(operation);
          case ROTATE_KEY -> KmsRender.rotated(operation);
          case SCHEDULE_KEY_VERSION_DESTRUCTION -> KmsRender.destructionScheduled(operation);
          case CANCEL_KEY_VERSION_DESTRUCTION -> KmsRender.destructionCancelled(operation);
        });
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
