package io.coffer.core;

/** What was done or refused; service and name are those of Lockbox's audit events. */
public enum Action {
  CREATE_SECRET("lockbox", "CreateSecret", Effect.CREATES),
  GET_SECRET("lockbox", "GetSecret"),
  LIST_SECRETS("lockbox", "ListSecrets"),
  UPDATE_SECRET("lockbox", "UpdateSecret", Effect.CHANGES),
  DELETE_SECRET("lockbox", "DeleteSecret", Effect.DELETES),
  ACTIVATE_SECRET("lockbox", "ActivateSecret", Effect.CHANGES),
  DEACTIVATE_SECRET("lockbox", "DeactivateSecret", Effect.CHANGES),
  LIST_VERSIONS("lockbox", "ListVersions"),
  ADD_VERSION("lockbox", "AddVersion", Effect.CHANGES),
  /** Lockbox lists no event for it; named as its sisters are. */
  SET_CURRENT_VERSION("lockbox", "SetCurrentVersion", Effect.CHANGES),
  SCHEDULE_VERSION_DESTRUCTION("lockbox", "ScheduleVersionDestruction", Effect.CHANGES),
  CANCEL_VERSION_DESTRUCTION("lockbox", "CancelVersionDestruction", Effect.CHANGES),
  GET_PAYLOAD("lockbox", "GetPayload"),
  /** A version's time had come. */
  DESTROY_VERSION("lockbox", "DestroyVersion", Effect.CHANGES),
  /** The data keys of destroyed versions have left the disk. */
  SHRED("lockbox", "Shredded"),
  /** By way of GetEx, whose answer is a map. */
  GET_PAYLOAD_EX("lockbox", "GetPayloadEx"),
  LIST_SECRET_OPERATIONS("lockbox", "ListSecretOperations"),
  LIST_SECRET_ACCESS_BINDINGS("lockbox", "ListSecretAccessBindings"),
  SET_SECRET_ACCESS_BINDINGS("lockbox", "SetSecretAccessBindings"),
  UPDATE_SECRET_ACCESS_BINDINGS("lockbox", "UpdateSecretAccessBindings"),
  GET_CLOUD("resourcemanager", "GetCloud"),
  LIST_CLOUDS("resourcemanager", "ListClouds"),
  CREATE_CLOUD("resourcemanager", "CreateCloud"),
  UPDATE_CLOUD("resourcemanager", "UpdateCloud"),
  DELETE_CLOUD("resourcemanager", "DeleteCloud"),
  LIST_CLOUD_OPERATIONS("resourcemanager", "ListCloudOperations"),
  LIST_CLOUD_BINDINGS("resourcemanager", "ListCloudAccessBindings"),
  SET_CLOUD_BINDINGS("resourcemanager", "SetCloudAccessBindings"),
  UPDATE_CLOUD_BINDINGS("resourcemanager", "UpdateCloudAccessBindings"),
  GET_FOLDER("resourcemanager", "GetFolder"),
  LIST_FOLDERS("resourcemanager", "ListFolders"),
  CREATE_FOLDER("resourcemanager", "CreateFolder"),
  UPDATE_FOLDER("resourcemanager", "UpdateFolder"),
  DELETE_FOLDER("resourcemanager", "DeleteFolder"),
  LIST_FOLDER_OPERATIONS("resourcemanager", "ListFolderOperations"),
  LIST_FOLDER_BINDINGS("resourcemanager", "ListFolderAccessBindings"),
  SET_FOLDER_BINDINGS("resourcemanager", "SetFolderAccessBindings"),
  UPDATE_FOLDER_BINDINGS("resourcemanager", "UpdateFolderAccessBindings"),
  CREATE_KEY("kms", "CreateSymmetricKey"),
  GET_KEY("kms", "GetSymmetricKey"),
  LIST_KEYS("kms", "ListSymmetricKeys"),
  LIST_KEY_VERSIONS("kms", "ListSymmetricKeyVersions"),
  LIST_KEY_OPERATIONS("kms", "ListSymmetricKeyOperations"),
  UPDATE_KEY("kms", "UpdateSymmetricKey"),
  DELETE_KEY("kms", "DeleteSymmetricKey"),
  SET_PRIMARY_KEY_VERSION("kms", "SetPrimarySymmetricKeyVersion"),
  ROTATE_KEY("kms", "RotateSymmetricKey"),
  SCHEDULE_KEY_VERSION_DESTRUCTION("kms", "ScheduleSymmetricKeyVersionDestruction"),
  CANCEL_KEY_VERSION_DESTRUCTION("kms", "CancelSymmetricKeyVersionDestruction"),
  /** The server's own doing, when the time has come. */
  DESTROY_KEY_VERSION("kms", "DestroySymmetricKeyVersion"),
  LIST_KEY_BINDINGS("kms", "ListSymmetricKeyAccessBindings"),
  SET_KEY_BINDINGS("kms", "SetSymmetricKeyAccessBindings"),
  UPDATE_KEY_BINDINGS("kms", "UpdateSymmetricKeyAccessBindings"),
  ENCRYPT("kms", "Encrypt"),
  DECRYPT("kms", "Decrypt"),
  RE_ENCRYPT("kms", "ReEncrypt"),
  GENERATE_DATA_KEY("kms", "GenerateDataKey"),
  GET_OPERATION("operation", "GetOperation"),
  CANCEL_OPERATION("operation", "CancelOperation"),
  CREATE_IAM_TOKEN("iam", "CreateIamToken"),
  REVOKE_IAM_TOKEN("iam", "RevokeIamToken"),
  CREATE_TOKEN_FOR_ACCOUNT("iam", "CreateIamTokenForServiceAccount"),
  CREATE_SERVICE_ACCOUNT("iam", "CreateServiceAccount"),
  GET_SERVICE_ACCOUNT("iam", "GetServiceAccount"),
  LIST_SERVICE_ACCOUNTS("iam", "ListServiceAccounts"),
  UPDATE_SERVICE_ACCOUNT("iam", "UpdateServiceAccount"),
  DELETE_SERVICE_ACCOUNT("iam", "DeleteServiceAccount"),
  SUSPEND_SERVICE_ACCOUNT("iam", "SuspendServiceAccount"),
  REACTIVATE_SERVICE_ACCOUNT("iam", "ReactivateServiceAccount"),
  LIST_SERVICE_ACCOUNT_OPERATIONS("iam", "ListServiceAccountOperations"),
  LIST_SERVICE_ACCOUNT_BINDINGS("iam", "ListServiceAccountAccessBindings"),
  SET_SERVICE_ACCOUNT_BINDINGS("iam", "SetServiceAccountAccessBindings"),
  UPDATE_SERVICE_ACCOUNT_BINDINGS("iam", "UpdateServiceAccountAccessBindings"),
  GET_ACCOUNT_KEY("iam", "GetKey"),
  LIST_ACCOUNT_KEYS("iam", "ListKeys"),
  CREATE_ACCOUNT_KEY("iam", "CreateKey"),
  UPDATE_ACCOUNT_KEY("iam", "UpdateKey"),
  DELETE_ACCOUNT_KEY("iam", "DeleteKey"),
  LIST_ACCOUNT_KEY_OPERATIONS("iam", "ListKeyOperations"),
  CREATE_USER_ACCOUNT("iam", "CreateUserAccount"),
  GET_USER_ACCOUNT("iam", "GetUserAccount"),
  LIST_USER_ACCOUNTS("iam", "ListUserAccounts"),
  DELETE_USER_ACCOUNT("iam", "DeleteUserAccount"),
  GET_API_KEY("iam", "GetApiKey"),
  LIST_API_KEYS("iam", "ListApiKeys"),
  CREATE_API_KEY("iam", "CreateApiKey"),
  UPDATE_API_KEY("iam", "UpdateApiKey"),
  DELETE_API_KEY("iam", "DeleteApiKey"),
  LIST_API_KEY_OPERATIONS("iam", "ListApiKeyOperations"),
  CREATE_GROUP("organizationmanager", "CreateGroup"),
  GET_GROUP("organizationmanager", "GetGroup"),
  LIST_GROUPS("organizationmanager", "ListGroups"),
  UPDATE_GROUP("organizationmanager", "UpdateGroup"),
  DELETE_GROUP("organizationmanager", "DeleteGroup"),
  LIST_GROUP_OPERATIONS("organizationmanager", "ListGroupOperations"),
  LIST_GROUP_MEMBERS("organizationmanager", "ListGroupMembers"),
  UPDATE_GROUP_MEMBERS("organizationmanager", "UpdateGroupMembers"),
  LIST_EFFECTIVE_GROUPS("organizationmanager", "ListEffectiveGroups"),
  LIST_GROUP_BINDINGS("organizationmanager", "ListGroupAccessBindings"),
  SET_GROUP_BINDINGS("organizationmanager", "SetGroupAccessBindings"),
  UPDATE_GROUP_BINDINGS("organizationmanager", "UpdateGroupAccessBindings"),
  CREATE_FEDERATION("iam", "workload.oidc.CreateFederation"),
  GET_FEDERATION("iam", "workload.oidc.GetFederation"),
  LIST_FEDERATIONS("iam", "workload.oidc.ListFederations"),
  UPDATE_FEDERATION("iam", "workload.oidc.UpdateFederation"),
  DELETE_FEDERATION("iam", "workload.oidc.DeleteFederation"),
  LIST_FEDERATION_BINDINGS("iam", "workload.oidc.ListFederationAccessBindings"),
  SET_FEDERATION_BINDINGS("iam", "workload.oidc.SetFederationAccessBindings"),
  UPDATE_FEDERATION_BINDINGS("iam", "workload.oidc.UpdateFederationAccessBindings"),
  CREATE_FEDERATED_CREDENTIAL("iam", "workload.CreateFederatedCredential"),
  GET_FEDERATED_CREDENTIAL("iam", "workload.GetFederatedCredential"),
  LIST_FEDERATED_CREDENTIALS("iam", "workload.ListFederatedCredentials"),
  DELETE_FEDERATED_CREDENTIAL("iam", "workload.DeleteFederatedCredential"),
  /** Why somebody may do something; written down only if it is refused. */
  EXPLAIN_ACCESS("server", "ExplainAccess"),
  /** A request whose credential was not believed, whatever it wanted. */
  AUTHENTICATE("iam", "Authenticate"),
  /** The first start: cloud, folders, administrator and his key. */
  INITIALIZE("server", "Initialize"),
  CREATE_CLIENT_CERTIFICATE("server", "CreateClientCertificate"),
  START("server", "Start"),
  /** By an operator, before any start. */
  MAKE_STORE("server", "MakeStore"),
  /** The store needs another seal from now on. */
  REKEY("server", "Rekey"),
  /** By whoever holds the seal: the administrator's keys are replaced by a new one. */
  RECOVER_ADMINISTRATOR("server", "RecoverAdministrator"),
  /** The store was started though it had been further before. */
  ACCEPT_ROLLBACK("server", "AcceptRollback"),
  /** By an operator: the last record before the store is closed and its keys are forgotten. */
  SEAL("server", "Seal"),
  /** By an operator: the first record after the store was opened again. */
  UNSEAL("server", "Unseal"),
  /** The keyring has another term. */
  ROTATE_KEYRING("server", "RotateKeyring");

  /** What an action does to a secret, for those who follow changes. */
  public enum Effect {
    NONE,
    CREATES,
    CHANGES,
    DELETES
  }

  private final String service;
  private final String eventName;
  private final Effect effect;

  /** One that leaves every secret as it is. */
  Action(String service, String eventName) {
    this(service, eventName, Effect.NONE);
  }

  Action(String service, String eventName, Effect effect) {
    this.service = service;
    this.eventName = eventName;
    this.effect = effect;
  }

  public String service() {
    return service;
  }

  public String eventName() {
    return eventName;
  }

  public Effect effect() {
    return effect;
  }
}
