package io.coffer.core.access;

/** What a verb needs. The id is what a refusal names. */
public enum Permission {
  SECRETS_CREATE("lockbox.secrets.create"),
  SECRETS_LIST("lockbox.secrets.list"),
  SECRETS_GET("lockbox.secrets.get"),
  SECRETS_UPDATE("lockbox.secrets.update"),
  SECRETS_DELETE("lockbox.secrets.delete"),
  PAYLOAD_GET("lockbox.payloads.get"),
  BINDINGS_LIST("lockbox.secrets.listAccessBindings"),
  BINDINGS_UPDATE("lockbox.secrets.updateAccessBindings"),
  CLOUDS_GET("resource-manager.clouds.get"),
  /** Asked for on the cloud of the first start: clouds are in nothing else. */
  CLOUDS_CREATE("resource-manager.clouds.create"),
  CLOUDS_UPDATE("resource-manager.clouds.update"),
  CLOUDS_DELETE("resource-manager.clouds.delete"),
  CLOUD_BINDINGS_LIST("resource-manager.clouds.listAccessBindings"),
  CLOUD_BINDINGS_UPDATE("resource-manager.clouds.updateAccessBindings"),
  FOLDERS_GET("resource-manager.folders.get"),
  FOLDERS_CREATE("resource-manager.folders.create"),
  FOLDERS_UPDATE("resource-manager.folders.update"),
  FOLDERS_DELETE("resource-manager.folders.delete"),
  FOLDER_BINDINGS_LIST("resource-manager.folders.listAccessBindings"),
  FOLDER_BINDINGS_UPDATE("resource-manager.folders.updateAccessBindings"),
  /** Whoever has it may be anybody whom a certificate can name. */
  CLIENT_CERTIFICATES_CREATE("coffer.clientCertificates.create"),
  KEYS_LIST("kms.keys.list"),
  KEYS_GET("kms.keys.get"),
  KEY_BINDINGS_LIST("kms.keys.listAccessBindings"),
  KEYS_CREATE("kms.keys.create"),
  KEYS_UPDATE("kms.keys.update"),
  KEYS_DELETE("kms.keys.delete"),
  KEY_BINDINGS_UPDATE("kms.keys.updateAccessBindings"),
  /** With which a caller encrypts and makes data keys. */
  KEYS_ENCRYPT("kms.keys.encrypt"),
  KEYS_DECRYPT("kms.keys.decrypt"),
  SERVICE_ACCOUNTS_LIST("iam.serviceAccounts.list"),
  SERVICE_ACCOUNTS_GET("iam.serviceAccounts.get"),
  SERVICE_ACCOUNT_BINDINGS_LIST("iam.serviceAccounts.listAccessBindings"),
  SERVICE_ACCOUNTS_CREATE("iam.serviceAccounts.create"),
  SERVICE_ACCOUNTS_UPDATE("iam.serviceAccounts.update"),
  SERVICE_ACCOUNTS_DELETE("iam.serviceAccounts.delete"),
  SERVICE_ACCOUNT_BINDINGS_UPDATE("iam.serviceAccounts.updateAccessBindings"),
  /** Of keys that accounts log in with; whoever makes one can be its account. */
  ACCOUNT_KEYS_LIST("iam.keys.list"),
  ACCOUNT_KEYS_GET("iam.keys.get"),
  ACCOUNT_KEYS_CREATE("iam.keys.create"),
  ACCOUNT_KEYS_UPDATE("iam.keys.update"),
  ACCOUNT_KEYS_DELETE("iam.keys.delete"),
  FEDERATIONS_LIST("iam.workloadIdentityFederations.list"),
  /** Needed as well to make a credential that refers to it. */
  FEDERATIONS_GET("iam.workloadIdentityFederations.get"),
  FEDERATION_BINDINGS_LIST("iam.workloadIdentityFederations.listAccessBindings"),
  FEDERATIONS_CREATE("iam.workloadIdentityFederations.create"),
  /** Whoever has it can be every account that has a credential for it. */
  FEDERATIONS_UPDATE("iam.workloadIdentityFederations.update"),
  FEDERATIONS_DELETE("iam.workloadIdentityFederations.delete"),
  FEDERATION_BINDINGS_UPDATE("iam.workloadIdentityFederations.updateAccessBindings"),
  /** Whoever has it can be the account, for as long as a token lives. */
  ACCOUNT_TOKENS_CREATE("iam.serviceAccounts.createTokens"),
  GROUPS_LIST("organization-manager.groups.list"),
  GROUPS_GET("organization-manager.groups.get"),
  GROUP_MEMBERS_LIST("organization-manager.groups.listMembers"),
  GROUP_BINDINGS_LIST("organization-manager.groups.listAccessBindings"),
  GROUPS_CREATE("organization-manager.groups.create"),
  GROUPS_UPDATE("organization-manager.groups.update"),
  GROUPS_DELETE("organization-manager.groups.delete"),
  /** Whoever has it can be given, or give, whatever is bound to the group. */
  GROUP_MEMBERS_UPDATE("organization-manager.groups.updateMembers"),
  GROUP_BINDINGS_UPDATE("organization-manager.groups.updateAccessBindings"),
  USERS_LIST("organization-manager.users.list"),
  USERS_GET("organization-manager.users.get"),
  /** Of keys that people log in with; each has his own anyhow. */
  USER_KEYS_GET("organization-manager.users.getKeys"),
  USERS_CREATE("organization-manager.users.create"),
  USERS_DELETE("organization-manager.users.delete"),
  /** Whoever has it can be anybody. */
  USER_KEYS_UPDATE("organization-manager.users.updateKeys");

  private final String id;

  Permission(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }
}
