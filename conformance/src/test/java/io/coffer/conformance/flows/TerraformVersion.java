package io.coffer.conformance.flows;

import io.coffer.wire.lockbox.v1.AddVersionMetadata;
import io.coffer.wire.lockbox.v1.AddVersionRequest;
import io.coffer.wire.lockbox.v1.GetPayloadRequest;
import io.coffer.wire.lockbox.v1.GetSecretRequest;
import io.coffer.wire.lockbox.v1.Payload;
import io.coffer.wire.lockbox.v1.PayloadEntryChange;
import io.coffer.wire.lockbox.v1.ScheduleVersionDestructionMetadata;
import io.coffer.wire.lockbox.v1.ScheduleVersionDestructionRequest;
import io.coffer.wire.lockbox.v1.Secret;
import io.coffer.wire.lockbox.v1.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The resources {@code yandex_lockbox_secret_version} and {@code …_hashed}, which differ in what
 * they keep in the state only, the data sources that read versions, and {@code output_to_lockbox}.
 */
final class TerraformVersion {
  private final TerraformProvider provider;

  TerraformVersion(TerraformProvider provider) {
    this.provider = provider;
  }

  /**
   * Get, the payload of a current version that is active, AddVersion with that as its base, wait,
   * the payload of the new one. The entries are to be the whole payload, so what the base has
   * besides is taken away by empty texts.
   */
  String create(String secretId, SequencedMap<String, String> entries) {
    Secret secret =
        provider.secrets().get(GetSecretRequest.newBuilder().setSecretId(secretId).build());
    AddVersionRequest.Builder request = AddVersionRequest.newBuilder().setSecretId(secretId);
    List<PayloadEntryChange> changes = new ArrayList<>(changes(entries));
    if (secret.hasCurrentVersion()
        && secret.getCurrentVersion().getStatus() == Version.Status.ACTIVE) {
      String current = secret.getCurrentVersion().getId();
      request.setBaseVersionId(current);
      payload(secretId, current).getEntriesList().stream()
          .map(Payload.Entry::getKey)
          .filter(key -> !entries.containsKey(key))
          .forEach(key -> changes.add(change(key, "")));
    }
    if (!secret.hasPasswordPayloadSpecification()) {
      request.addAllPayloadEntries(changes);
    }
    String id = add(request.build());
    if (read(secretId, id).isEmpty()) {
      throw new AssertionError("gone from the state as soon as it was made: " + id);
    }
    return id;
  }

  private String add(AddVersionRequest request) {
    return provider
        .await(provider.secrets().addVersion(request), AddVersionMetadata.class, Version.class)
        .metadata()
        .getVersionId();
  }

  private static List<PayloadEntryChange> changes(SequencedMap<String, String> entries) {
    return entries.entrySet().stream().map(each -> change(each.getKey(), each.getValue())).toList();
  }

  private static PayloadEntryChange change(String key, String text) {
    return PayloadEntryChange.newBuilder().setKey(key).setTextValue(text).build();
  }

  /** Nothing if the version is gone. */
  Optional<Payload> read(String secretId, String versionId) {
    return TerraformProvider.unlessGone(() -> payload(secretId, versionId));
  }

  /** The data source: of the current version, if {@code versionId} is empty. */
  Payload payload(String secretId, String versionId) {
    return provider
        .payloads()
        .get(GetPayloadRequest.newBuilder().setSecretId(secretId).setVersionId(versionId).build());
  }

  /** ScheduleVersionDestruction without a period, also of the current version; wait. */
  Version delete(String secretId, String versionId) {
    return provider
        .await(
            provider
                .secrets()
                .scheduleVersionDestruction(
                    ScheduleVersionDestructionRequest.newBuilder()
                        .setSecretId(secretId)
                        .setVersionId(versionId)
                        .build()),
            ScheduleVersionDestructionMetadata.class,
            Version.class)
        .response();
  }

  /** {@code output_to_lockbox}: AddVersion without a base and without a look at what is there. */
  String output(String secretId, Map.Entry<String, String> sensitive) {
    return add(
        AddVersionRequest.newBuilder()
            .setSecretId(secretId)
            .addPayloadEntries(change(sensitive.getKey(), sensitive.getValue()))
            .build());
  }
}
