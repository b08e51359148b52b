package io.coffer.core.access;

import io.coffer.core.folder.Cloud;
import io.coffer.core.folder.Folder;
import java.util.List;

/**
 * What a permission is asked for, with what it is in: a role bound on any of them counts.
 *
 * @param type as refusals name it, for example {@code resource-manager.folder}
 * @param lineage ids, the resource itself first, then what holds it, up to the cloud
 */
public record Resource(String type, String id, List<String> lineage) {
  public Resource {
    lineage = List.copyOf(lineage);
  }

  public static Resource of(Cloud cloud) {
    return cloud(cloud.id());
  }

  /** Also one that is gone: nothing is bound on it. */
  public static Resource cloud(String cloudId) {
    return new Resource("resource-manager.cloud", cloudId, List.of(cloudId));
  }

  public static Resource of(Folder folder) {
    return new Resource(
        "resource-manager.folder", folder.id(), List.of(folder.id(), folder.cloudId()));
  }

  /** A secret in {@code folder}. */
  public static Resource secret(String secretId, Folder folder) {
    return new Resource(
        "lockbox.secret", secretId, List.of(secretId, folder.id(), folder.cloudId()));
  }

  /** A symmetric key in {@code folder}. */
  public static Resource symmetricKey(String keyId, Folder folder) {
    return new Resource("kms.symmetricKey", keyId, List.of(keyId, folder.id(), folder.cloudId()));
  }

  /** A service account in {@code folder}. */
  public static Resource serviceAccount(String accountId, Folder folder) {
    return new Resource(
        "iam.serviceAccount", accountId, List.of(accountId, folder.id(), folder.cloudId()));
  }

  /** A group of an organization, which is a cloud. */
  public static Resource group(String groupId, String cloudId) {
    return new Resource("organization-manager.group", groupId, List.of(groupId, cloudId));
  }

  /** An account of a person. */
  public static Resource userAccount(String accountId, String cloudId) {
    return new Resource("iam.userAccount", accountId, List.of(accountId, cloudId));
  }

  /** What a person logs in with. */
  public static Resource keyOfUser(String type, String accountId, String keyId, String cloudId) {
    return new Resource(type, keyId, List.of(accountId, cloudId));
  }

  /** A federation in {@code folder}. */
  public static Resource federation(String federationId, Folder folder) {
    return new Resource(
        "iam.workloadIdentityFederation",
        federationId,
        List.of(federationId, folder.id(), folder.cloudId()));
  }

  /** What an account logs in with; nothing is bound to it but what is to its account. */
  public static Resource keyOf(String type, String accountId, String keyId, Folder folder) {
    return new Resource(type, keyId, List.of(accountId, folder.id(), folder.cloudId()));
  }
}
