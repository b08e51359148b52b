package io.coffer.core.access;

import static io.coffer.core.access.Permission.ACCOUNT_KEYS_CREATE;
import static io.coffer.core.access.Permission.ACCOUNT_KEYS_DELETE;
import static io.coffer.core.access.Permission.ACCOUNT_KEYS_GET;
import static io.coffer.core.access.Permission.ACCOUNT_KEYS_LIST;
import static io.coffer.core.access.Permission.ACCOUNT_KEYS_UPDATE;
import static io.coffer.core.access.Permission.ACCOUNT_TOKENS_CREATE;
import static io.coffer.core.access.Permission.BINDINGS_LIST;
import static io.coffer.core.access.Permission.BINDINGS_UPDATE;
import static io.coffer.core.access.Permission.CLOUDS_CREATE;
import static io.coffer.core.access.Permission.CLOUDS_DELETE;
import static io.coffer.core.access.Permission.CLOUDS_GET;
import static io.coffer.core.access.Permission.CLOUDS_UPDATE;
import static io.coffer.core.access.Permission.CLOUD_BINDINGS_LIST;
import static io.coffer.core.access.Permission.CLOUD_BINDINGS_UPDATE;
import static io.coffer.core.access.Permission.FEDERATIONS_CREATE;
import static io.coffer.core.access.Permission.FEDERATIONS_DELETE;
import static io.coffer.core.access.Permission.FEDERATIONS_GET;
import static io.coffer.core.access.Permission.FEDERATIONS_LIST;
import static io.coffer.core.access.Permission.FEDERATIONS_UPDATE;
import static io.coffer.core.access.Permission.FEDERATION_BINDINGS_LIST;
import static io.coffer.core.access.Permission.FEDERATION_BINDINGS_UPDATE;
import static io.coffer.core.access.Permission.FOLDERS_CREATE;
import static io.coffer.core.access.Permission.FOLDERS_DELETE;
import static io.coffer.core.access.Permission.FOLDERS_GET;
import static io.coffer.core.access.Permission.FOLDERS_UPDATE;
import static io.coffer.core.access.Permission.FOLDER_BINDINGS_LIST;
import static io.coffer.core.access.Permission.FOLDER_BINDINGS_UPDATE;
import static io.coffer.core.access.Permission.GROUPS_CREATE;
import static io.coffer.core.access.Permission.GROUPS_DELETE;
import static io.coffer.core.access.Permission.GROUPS_GET;
import static io.coffer.core.access.Permission.GROUPS_LIST;
import static io.coffer.core.access.Permission.GROUPS_UPDATE;
import static io.coffer.core.access.Permission.GROUP_BINDINGS_LIST;
import static io.coffer.core.access.Permission.GROUP_BINDINGS_UPDATE;
import static io.coffer.core.access.Permission.GROUP_MEMBERS_LIST;
import static io.coffer.core.access.Permission.GROUP_MEMBERS_UPDATE;
import static io.coffer.core.access.Permission.KEYS_CREATE;
import static io.coffer.core.access.Permission.KEYS_DECRYPT;
import static io.coffer.core.access.Permission.KEYS_DELETE;
import static io.coffer.core.access.Permission.KEYS_ENCRYPT;
import static io.coffer.core.access.Permission.KEYS_GET;
import static io.coffer.core.access.Permission.KEYS_LIST;
import static io.coffer.core.access.Permission.KEYS_UPDATE;
import static io.coffer.core.access.Permission.KEY_BINDINGS_LIST;
import static io.coffer.core.access.Permission.KEY_BINDINGS_UPDATE;
import static io.coffer.core.access.Permission.PAYLOAD_GET;
import static io.coffer.core.access.Permission.SECRETS_CREATE;
import static io.coffer.core.access.Permission.SECRETS_DELETE;
import static io.coffer.core.access.Permission.SECRETS_GET;
import static io.coffer.core.access.Permission.SECRETS_LIST;
import static io.coffer.core.access.Permission.SECRETS_UPDATE;
import static io.coffer.core.access.Permission.SERVICE_ACCOUNTS_CREATE;
import static io.coffer.core.access.Permission.SERVICE_ACCOUNTS_DELETE;
import static io.coffer.core.access.Permission.SERVICE_ACCOUNTS_GET;
import static io.coffer.core.access.Permission.SERVICE_ACCOUNTS_LIST;
import static io.coffer.core.access.Permission.SERVICE_ACCOUNTS_UPDATE;
import static io.coffer.core.access.Permission.SERVICE_ACCOUNT_BINDINGS_LIST;
import static io.coffer.core.access.Permission.SERVICE_ACCOUNT_BINDINGS_UPDATE;
import static io.coffer.core.access.Permission.USERS_CREATE;
import static io.coffer.core.access.Permission.USERS_DELETE;
import static io.coffer.core.access.Permission.USERS_GET;
import static io.coffer.core.access.Permission.USERS_LIST;
import static io.coffer.core.access.Permission.USER_KEYS_GET;
import static io.coffer.core.access.Permission.USER_KEYS_UPDATE;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The roles that can be bound, as Yandex Cloud names them, and what each permits. */
public enum Role {
  LOCKBOX_AUDITOR("lockbox.auditor", Permits.LOCKBOX_READ),
  LOCKBOX_VIEWER("lockbox.viewer", Permits.LOCKBOX_READ),
  /** Changes secrets and cannot read what is in them. */
  LOCKBOX_EDITOR("lockbox.editor", Permits.LOCKBOX_EDIT),
  /** Reads what is in them and nothing about them. */
  LOCKBOX_PAYLOAD_VIEWER("lockbox.payloadViewer", EnumSet.of(PAYLOAD_GET)),
  LOCKBOX_ADMIN("lockbox.admin", Permits.LOCKBOX_ALL),
  KMS_AUDITOR("kms.auditor", Permits.KMS_READ),
  KMS_VIEWER("kms.viewer", Permits.KMS_READ),
  KMS_EDITOR("kms.editor", Permits.KMS_EDIT),
  /** Manages keys and cannot use them. */
  KMS_ADMIN("kms.admin", Permits.KMS_MANAGE),
  KMS_KEYS_ENCRYPTER("kms.keys.encrypter", EnumSet.of(KEYS_ENCRYPT)),
  KMS_KEYS_DECRYPTER("kms.keys.decrypter", EnumSet.of(KEYS_DECRYPT)),
  KMS_KEYS_ENCRYPTER_DECRYPTER("kms.keys.encrypterDecrypter", Permits.KMS_USE),
  KMS_KEYS_USER("kms.keys.user", Permits.KMS_USE),
  /** Sees the account; nothing of Coffer's runs as one that could be chosen. */
  IAM_USER("iam.serviceAccounts.user", Permits.ACCOUNTS_SEE),
  /** May be the account. */
  IAM_TOKEN_CREATOR("iam.serviceAccounts.tokenCreator", EnumSet.of(ACCOUNT_TOKENS_CREATE)),
  /** May be the account as well, by a key he makes for it. */
  IAM_KEY_ADMIN("iam.serviceAccounts.keyAdmin", Permits.ACCOUNT_KEYS_ALL),
  IAM_ADMIN("iam.serviceAccounts.admin", Permits.ACCOUNTS_ALL),
  ORGANIZATION_VIEWER("organization-manager.viewer", Permits.ORGANIZATION_READ),
  /** Makes groups and changes them; who is in them, and who may change that, stays. */
  ORGANIZATION_EDITOR("organization-manager.editor", Permits.ORGANIZATION_EDIT),
  /** May be given whatever is bound to a group. */
  ORGANIZATION_MEMBER_ADMIN(
      "organization-manager.groups.memberAdmin",
      EnumSet.of(GROUPS_LIST, GROUPS_GET, GROUP_MEMBERS_LIST, GROUP_MEMBERS_UPDATE)),
  /** May be anybody whose account is here, by a key he makes for it. */
  ORGANIZATION_ADMIN("organization-manager.admin", Permits.ORGANIZATION_ALL),
  FEDERATIONS_AUDITOR("iam.workloadIdentityFederations.auditor", Permits.FEDERATIONS_READ),
  FEDERATIONS_VIEWER("iam.workloadIdentityFederations.viewer", Permits.FEDERATIONS_READ),
  /** Sees them, and so may make credentials that refer to them for accounts whose keys he makes. */
  FEDERATIONS_USER("iam.workloadIdentityFederations.user", Permits.FEDERATIONS_SEE),
  /** May be every account that has a credential for one, by keys he says are its issuer's. */
  FEDERATIONS_EDITOR("iam.workloadIdentityFederations.editor", Permits.FEDERATIONS_EDIT),
  FEDERATIONS_ADMIN("iam.workloadIdentityFederations.admin", Permits.FEDERATIONS_ALL),
  AUDITOR("auditor", Permits.READ),
  VIEWER("viewer", Permits.READ),
  /** Changes secrets, keys, folders; reads no payload, uses no key, changes no account. */
  EDITOR("editor", Permits.EDIT),
  ADMIN("admin", Permits.ALL),
  /** Of clouds and folders; says nothing about what is in them. */
  RESOURCE_MANAGER_VIEWER("resource-manager.viewer", Permits.PLACES_READ),
  RESOURCE_MANAGER_EDITOR("resource-manager.editor", Permits.PLACES_EDIT),
  /** May bind any role, and so whatever he likes, in the end. */
  RESOURCE_MANAGER_ADMIN("resource-manager.admin", Permits.PLACES_ALL);

  private final String id;

  @SuppressWarnings("ImmutableEnumChecker") // Nobody changes it and nobody else has it.
  private final EnumSet<Permission> permits;

  Role(String id, EnumSet<Permission> permits) {
    this.id = id;
    this.permits = permits;
  }

  public String id() {
    return id;
  }

  public boolean permits(Permission permission) {
    return permits.contains(permission);
  }

  public Set<Permission> permissions() {
    return EnumSet.copyOf(permits);
  }

  public static Optional<Role> of(String id) {
    return Arrays.stream(values()).filter(role -> role.id.equals(id)).findFirst();
  }

  private static final class Permits {
    static final EnumSet<Permission> LOCKBOX_READ =
        EnumSet.of(SECRETS_LIST, SECRETS_GET, BINDINGS_LIST);
    static final EnumSet<Permission> LOCKBOX_EDIT =
        with(LOCKBOX_READ, SECRETS_CREATE, SECRETS_UPDATE, SECRETS_DELETE);
    static final EnumSet<Permission> LOCKBOX_ALL = with(LOCKBOX_EDIT, PAYLOAD_GET, BINDINGS_UPDATE);
    static final EnumSet<Permission> PLACES_READ =
        EnumSet.of(CLOUDS_GET, CLOUD_BINDINGS_LIST, FOLDERS_GET, FOLDER_BINDINGS_LIST);
    static final EnumSet<Permission> PLACES_EDIT =
        with(
            PLACES_READ,
            CLOUDS_CREATE,
            CLOUDS_UPDATE,
            CLOUDS_DELETE,
            FOLDERS_CREATE,
            FOLDERS_UPDATE,
            FOLDERS_DELETE);
    static final EnumSet<Permission> PLACES_ALL =
        with(PLACES_EDIT, CLOUD_BINDINGS_UPDATE, FOLDER_BINDINGS_UPDATE);
    static final EnumSet<Permission> KMS_READ = EnumSet.of(KEYS_LIST, KEYS_GET, KEY_BINDINGS_LIST);
    static final EnumSet<Permission> KMS_EDIT =
        with(KMS_READ, KEYS_CREATE, KEYS_UPDATE, KEYS_DELETE);
    static final EnumSet<Permission> KMS_MANAGE = with(KMS_EDIT, KEY_BINDINGS_UPDATE);
    static final EnumSet<Permission> KMS_USE = EnumSet.of(KEYS_ENCRYPT, KEYS_DECRYPT);
    static final EnumSet<Permission> FEDERATIONS_SEE =
        EnumSet.of(FEDERATIONS_LIST, FEDERATIONS_GET);
    static final EnumSet<Permission> FEDERATIONS_READ =
        with(FEDERATIONS_SEE, FEDERATION_BINDINGS_LIST);
    static final EnumSet<Permission> FEDERATIONS_EDIT =
        with(FEDERATIONS_READ, FEDERATIONS_CREATE, FEDERATIONS_UPDATE, FEDERATIONS_DELETE);
    static final EnumSet<Permission> FEDERATIONS_ALL =
        with(FEDERATIONS_EDIT, FEDERATION_BINDINGS_UPDATE);
    static final EnumSet<Permission> ACCOUNTS_SEE =
        EnumSet.of(SERVICE_ACCOUNTS_LIST, SERVICE_ACCOUNTS_GET);
    static final EnumSet<Permission> ACCOUNTS_READ =
        with(ACCOUNTS_SEE, SERVICE_ACCOUNT_BINDINGS_LIST, ACCOUNT_KEYS_LIST, ACCOUNT_KEYS_GET);
    static final EnumSet<Permission> ACCOUNT_KEYS_ALL =
        with(
            both(ACCOUNTS_SEE, FEDERATIONS_SEE),
            ACCOUNT_KEYS_LIST,
            ACCOUNT_KEYS_GET,
            ACCOUNT_KEYS_CREATE,
            ACCOUNT_KEYS_UPDATE,
            ACCOUNT_KEYS_DELETE);
    static final EnumSet<Permission> ACCOUNTS_ALL =
        with(
            both(both(ACCOUNTS_READ, ACCOUNT_KEYS_ALL), FEDERATIONS_ALL),
            SERVICE_ACCOUNTS_CREATE,
            SERVICE_ACCOUNTS_UPDATE,
            SERVICE_ACCOUNTS_DELETE,
            SERVICE_ACCOUNT_BINDINGS_UPDATE,
            ACCOUNT_TOKENS_CREATE);
    static final EnumSet<Permission> ORGANIZATION_READ =
        EnumSet.of(
            GROUPS_LIST,
            GROUPS_GET,
            GROUP_MEMBERS_LIST,
            GROUP_BINDINGS_LIST,
            USERS_LIST,
            USERS_GET,
            USER_KEYS_GET);
    static final EnumSet<Permission> ORGANIZATION_EDIT =
        with(ORGANIZATION_READ, GROUPS_CREATE, GROUPS_UPDATE, GROUPS_DELETE);
    static final EnumSet<Permission> ORGANIZATION_ALL =
        with(
            ORGANIZATION_EDIT,
            GROUP_MEMBERS_UPDATE,
            GROUP_BINDINGS_UPDATE,
            USERS_CREATE,
            USERS_DELETE,
            USER_KEYS_UPDATE);
    static final EnumSet<Permission> READ =
        both(
            both(both(LOCKBOX_READ, KMS_READ), ORGANIZATION_READ),
            both(both(ACCOUNTS_READ, FEDERATIONS_READ), PLACES_READ));
    static final EnumSet<Permission> EDIT =
        both(both(READ, PLACES_EDIT), both(both(LOCKBOX_EDIT, KMS_EDIT), ORGANIZATION_EDIT));
    static final EnumSet<Permission> ALL = EnumSet.allOf(Permission.class);

    private static EnumSet<Permission> with(EnumSet<Permission> some, Permission... more) {
      return both(some, EnumSet.copyOf(List.of(more)));
    }

    private static EnumSet<Permission> both(EnumSet<Permission> some, EnumSet<Permission> more) {
      EnumSet<Permission> all = EnumSet.copyOf(some);
      all.addAll(more);
      return all;
    }
  }
}
