package io.coffer.conformance.flows;

import com.google.protobuf.BoolValue;
import com.google.protobuf.FieldMask;
import io.coffer.conformance.flows.TerraformProvider.Done;
import io.coffer.wire.lockbox.v1.CreateSecretMetadata;
import io.coffer.wire.lockbox.v1.CreateSecretRequest;
import io.coffer.wire.lockbox.v1.DeleteSecretMetadata;
import io.coffer.wire.lockbox.v1.DeleteSecretRequest;
import io.coffer.wire.lockbox.v1.GetSecretRequest;
import io.coffer.wire.lockbox.v1.ListSecretsRequest;
import io.coffer.wire.lockbox.v1.ListSecretsResponse;
import io.coffer.wire.lockbox.v1.Secret;
import io.coffer.wire.lockbox.v1.UpdateSecretMetadata;
import io.coffer.wire.lockbox.v1.UpdateSecretRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The resource and the data source {@code yandex_lockbox_secret}. A configuration is a secret
 * without an id.
 */
final class TerraformSecret {
  private static final int RESOLVER_PAGE = 100;

  private static final List<String> CHANGEABLE =
      List.of(
          "name", "description", "labels", "deletion_protection", "password_payload_specification");

  private final TerraformProvider provider;
  private final String folderId;

  TerraformSecret(TerraformProvider provider, String folderId) {
    this.provider = provider;
    this.folderId = folderId;
  }

  /** Create, wait, Get. A version is a resource of its own, so none is made here. */
  Secret create(Secret plan) {
    CreateSecretRequest.Builder request =
        CreateSecretRequest.newBuilder()
            .setFolderId(folderId)
            .setName(plan.getName())
            .setDescription(plan.getDescription())
            .putAllLabels(plan.getLabelsMap())
            .setKmsKeyId(plan.getKmsKeyId())
            .setDeletionProtection(plan.getDeletionProtection())
            .setCreateVersion(BoolValue.of(false));
    if (plan.hasPasswordPayloadSpecification()) {
      request.setPasswordPayloadSpecification(plan.getPasswordPayloadSpecification());
    }
    Done<CreateSecretMetadata, Secret> created =
        provider.await(
            provider.secrets().create(request.build()), CreateSecretMetadata.class, Secret.class);
    return read(created.metadata().getSecretId()).orElseThrow();
  }

  /** Get, which is also all of an import; nothing if the secret is gone. */
  Optional<Secret> read(String id) {
    return TerraformProvider.unlessGone(
        () -> provider.secrets().get(GetSecretRequest.newBuilder().setSecretId(id).build()));
  }

  /** Update of what has changed, wait, Get. */
  Secret update(Secret before, Secret after) {
    UpdateSecretRequest.Builder request =
        UpdateSecretRequest.newBuilder()
            .setSecretId(before.getId())
            .setName(after.getName())
            .setDescription(after.getDescription())
            .putAllLabels(after.getLabelsMap())
            .setDeletionProtection(after.getDeletionProtection())
            .setUpdateMask(
                FieldMask.newBuilder()
                    .addAllPaths(TerraformProvider.changed(CHANGEABLE, before, after)));
    if (after.hasPasswordPayloadSpecification()) {
      request.setPasswordPayloadSpecification(after.getPasswordPayloadSpecification());
    }
    provider.await(
        provider.secrets().update(request.build()), UpdateSecretMetadata.class, Secret.class);
    return read(before.getId()).orElseThrow();
  }

  /** Delete, wait; one that is gone already is well. */
  void delete(String id) {
    TerraformProvider.unlessGone(() ->
            provider.secrets().delete(DeleteSecretRequest.newBuilder().setSecretId(id).build()))
        .ifPresent(started -> provider.await(started, DeleteSecretMetadata.class, Secret.class));
  }

  /** The data source by name: all pages, then Get. */
  Secret find(String name) {
    List<Secret> found = new ArrayList<>();
    String token = "";
    do {
      ListSecretsResponse page =
          provider
              .secrets()
              .list(
                  ListSecretsRequest.newBuilder()
                      .setFolderId(folderId)
                      .setPageSize(RESOLVER_PAGE)
                      .setPageToken(token)
                      .build());
      page.getSecretsList().stream()
          .filter(each -> each.getName().equals(name))
          .forEach(found::add);
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    if (found.size() != 1) {
      throw new IllegalStateException(found.size() + " Secret items with name " + name);
    }
    return read(found.getFirst().getId()).orElseThrow();
  }
}
