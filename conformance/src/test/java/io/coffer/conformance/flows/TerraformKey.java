package io.coffer.conformance.flows;

import com.google.protobuf.FieldMask;
import io.coffer.wire.kms.v1.CreateSymmetricKeyMetadata;
import io.coffer.wire.kms.v1.CreateSymmetricKeyRequest;
import io.coffer.wire.kms.v1.DeleteSymmetricKeyMetadata;
import io.coffer.wire.kms.v1.DeleteSymmetricKeyRequest;
import io.coffer.wire.kms.v1.GetSymmetricKeyRequest;
import io.coffer.wire.kms.v1.SymmetricKey;
import io.coffer.wire.kms.v1.UpdateSymmetricKeyMetadata;
import io.coffer.wire.kms.v1.UpdateSymmetricKeyRequest;
import java.util.List;
import java.util.Optional;

/** The resource {@code yandex_kms_symmetric_key}. A configuration is a key without an id. */
final class TerraformKey {
  private static final List<String> CHANGEABLE =
      List.of(
          "default_algorithm",
          "deletion_protection",
          "description",
          "labels",
          "name",
          "rotation_period",
          "status");

  private final TerraformProvider provider;
  private final String folderId;

  TerraformKey(TerraformProvider provider, String folderId) {
    this.provider = provider;
    this.folderId = folderId;
  }

  /** Create, wait, Get. */
  SymmetricKey create(SymmetricKey plan) {
    CreateSymmetricKeyRequest.Builder request =
        CreateSymmetricKeyRequest.newBuilder()
            .setFolderId(folderId)
            .setName(plan.getName())
            .setDescription(plan.getDescription())
            .putAllLabels(plan.getLabelsMap())
            .setDefaultAlgorithm(plan.getDefaultAlgorithm())
            .setDeletionProtection(plan.getDeletionProtection());
    if (plan.hasRotationPeriod()) {
      request.setRotationPeriod(plan.getRotationPeriod());
    }
    return read(provider
            .await(
                provider.keys().create(request.build()),
                CreateSymmetricKeyMetadata.class,
                SymmetricKey.class)
            .metadata()
            .getKeyId())
        .orElseThrow();
  }

  /** Get; nothing if the key is gone. */
  Optional<SymmetricKey> read(String id) {
    return TerraformProvider.unlessGone(
        () -> provider.keys().get(GetSymmetricKeyRequest.newBuilder().setKeyId(id).build()));
  }

  /** One Update of what has changed, wait, Get; no Update if nothing has. */
  SymmetricKey update(SymmetricKey before, SymmetricKey after) {
    List<String> changed = TerraformProvider.changed(CHANGEABLE, before, after);
    if (!changed.isEmpty()) {
      provider.await(
          provider
              .keys()
              .update(
                  UpdateSymmetricKeyRequest.newBuilder()
                      .setKeyId(before.getId())
                      .setUpdateMask(FieldMask.newBuilder().addAllPaths(changed))
                      .setName(after.getName())
                      .setDescription(after.getDescription())
                      .setStatus(after.getStatus())
                      .putAllLabels(after.getLabelsMap())
                      .setDefaultAlgorithm(after.getDefaultAlgorithm())
                      .setRotationPeriod(after.getRotationPeriod())
                      .setDeletionProtection(after.getDeletionProtection())
                      .build()),
          UpdateSymmetricKeyMetadata.class,
          SymmetricKey.class);
    }
    return read(before.getId()).orElseThrow();
  }

  /** Delete, wait. */
  void delete(String id) {
    provider.await(
        provider.keys().delete(DeleteSymmetricKeyRequest.newBuilder().setKeyId(id).build()),
        DeleteSymmetricKeyMetadata.class,
        SymmetricKey.class);
  }
}
