package io.coffer.api.workload;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import io.coffer.api.rpc.WireTime;
import io.coffer.core.operation.Operation;
import io.coffer.wire.iam.v1.workload.CreateFederatedCredentialMetadata;
import io.coffer.wire.iam.v1.workload.DeleteFederatedCredentialMetadata;
import io.coffer.wire.iam.v1.workload.FederatedCredential;
import io.coffer.wire.iam.v1.workload.FederatedCredentialOuterClass;
import io.coffer.wire.iam.v1.workload.FederatedCredentialServiceOuterClass;
import io.coffer.wire.iam.v1.workload.oidc.CreateFederationMetadata;
import io.coffer.wire.iam.v1.workload.oidc.DeleteFederationMetadata;
import io.coffer.wire.iam.v1.workload.oidc.Federation;
import io.coffer.wire.iam.v1.workload.oidc.FederationOuterClass;
import io.coffer.wire.iam.v1.workload.oidc.FederationServiceOuterClass;
import io.coffer.wire.iam.v1.workload.oidc.UpdateFederationMetadata;
import java.util.ArrayList;
import java.util.List;

/** From nouns to the messages of workload identity. */
public final class WorkloadRender {
  private WorkloadRender() {}

  static Federation federation(io.coffer.core.workload.Federation federation) {
    return Federation.newBuilder()
        .setId(federation.id())
        .setName(federation.name())
        .setFolderId(federation.folderId())
        .setDescription(federation.description())
        .setEnabled(federation.enabled())
        .addAllAudiences(federation.audiences())
        .setIssuer(federation.issuer())
        .setJwksUrl(federation.jwksUrl())
        .putAllLabels(federation.labels())
        .setCreatedAt(WireTime.millis(federation.createdAt()))
        .build();
  }

  static FederatedCredential credential(io.coffer.core.iam.FederatedCredential credential) {
    return FederatedCredential.newBuilder()
        .setId(credential.id())
        .setServiceAccountId(credential.serviceAccountId())
        .setFederationId(credential.federationId())
        .setExternalSubjectId(credential.externalSubjectId())
        .setCreatedAt(WireTime.millis(credential.createdAt()))
        .build();
  }

  /** What an operation on a federation answered with. */
  public static Message federationIn(Operation operation) {
    return federation(io.coffer.core.workload.Federation.decode(operation.result()));
  }

  /** What an operation on a federated credential answered with. */
  public static Message credentialIn(Operation operation) {
    return credential(io.coffer.core.iam.FederatedCredential.decode(operation.result()));
  }

  /** What an operation on a federation or a federated credential is on. */
  public static Message metadata(Operation operation) {
    String id = operation.resourceId();
    return switch (operation.kind()) {
      case CREATE_FEDERATION -> CreateFederationMetadata.newBuilder().setFederationId(id).build();
      case UPDATE_FEDERATION -> UpdateFederationMetadata.newBuilder().setFederationId(id).build();
      case DELETE_FEDERATION -> DeleteFederationMetadata.newBuilder().setFederationId(id).build();
      case CREATE_FEDERATED_CREDENTIAL ->
          CreateFederatedCredentialMetadata.newBuilder().setFederatedCredentialId(id).build();
      case DELETE_FEDERATED_CREDENTIAL ->
          DeleteFederatedCredentialMetadata.newBuilder().setFederatedCredentialId(id).build();
      default -> throw new AssertionError("no operation of workload identity: " + operation.kind());
    };
  }

  /** What operations may carry in an {@code Any}. */
  public static List<Descriptor> packedTypes() {
    List<Descriptor> types = new ArrayList<>();
    types.addAll(FederationOuterClass.getDescriptor().getMessageTypes());
    types.addAll(FederationServiceOuterClass.getDescriptor().getMessageTypes());
    types.addAll(FederatedCredentialOuterClass.getDescriptor().getMessageTypes());
    types.addAll(FederatedCredentialServiceOuterClass.getDescriptor().getMessageTypes());
    return types;
  }
}
