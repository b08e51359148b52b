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
import io.coffer.wire.lockbox.v1.PasswordPayloadSpecification;
import io.coffer.wire.lockbox.v1.Secret;
import io.coffer.wire.lockbox.v1.UpdateSecretMetadata;
import io.coffer.wire.lockbox.v1.UpdateSecretRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The resource and the data source {@code yandex_lockbox_secret}. */
final class TerraformSecret {
  private static final int RESOLVER_PAGE = 100;

  /** What a configuration says of a secret; nothing in it has an id. */
  record Plan(
      String name,
      String description,
      Map<String, String> labels,
      boolean deletionProtection,
      @Nullable PasswordPayloadSpecification password) {
    static Plan of(String name) {
      return new Plan(name, "", Map.of(), false, null);
    }

    Plan describedAs(String words) {
      return new Plan(name, words, labels, deletionProtection, password);
    }

    Plan labelled(Map<String, String> others) {
      return new Plan(name, description, others, deletionProtection, password);
    }

    Plan named(String other) {
      return new Plan(other, description, labels, deletionProtection, password);
    }

    Plan isProtected(boolean on) {
      return new Plan(name, description, labels, on, password);
    }

    Plan generating(@Nullable PasswordPayloadSpecification specification) {
      return new Plan(name, description, labels, deletionProtection, specification);
    }

    /** In which of its fields {@code other} is another, as a mask names them. */
    private List<String> changed(Plan other) {
      List<String> paths = new ArrayList<>();
      if (!name.equals(other.name)) {
        paths.add("name");
      }
      if (!description.equals(other.description)) {
        paths.add("description");
      }
      if (!labels.equals(other.labels)) {
        paths.add("labels");
      }
      if (deletionProtection != other.deletionProtection) {
        paths.add("deletion_protection");
      }
      if (!Objects.equals(password, other.password)) {
        paths.add("password_payload_specification");
      }
      return paths;
    }
  }

  private final TerraformProvider provider;
  private final String folderId;

  TerraformSecret(TerraformProvider provider, String folderId) {
    this.provider = provider;
    this.folderId = folderId;
  }

  /** Create, wait, Get. A version is a resource of its own, so none is made here. */
  Secret create(Plan plan) {
    CreateSecretRequest.Builder request =
        CreateSecretRequest.newBuilder()
            .setFolderId(folderId)
            .setName(plan.name())
            .setDescription(plan.description())
            .putAllLabels(plan.labels())
            .setDeletionProtection(plan.deletionProtection())
            .setCreateVersion(BoolValue.of(false));
    if (plan.password() != null) {
      request.setPasswordPayloadSpecification(plan.password());
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
  Secret update(String id, Plan before, Plan after) {
    UpdateSecretRequest.Builder request =
        UpdateSecretRequest.newBuilder()
            .setSecretId(id)
            .setName(after.name())
            .setDescription(after.description())
            .putAllLabels(after.labels())
            .setDeletionProtection(after.deletionProtection())
            .setUpdateMask(FieldMask.newBuilder().addAllPaths(before.changed(after)));
    if (after.password() != null) {
      request.setPasswordPayloadSpecification(after.password());
    }
    provider.await(
        provider.secrets().update(request.build()), UpdateSecretMetadata.class, Secret.class);
    return read(id).orElseThrow();
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
