package io.coffer.core.explain;

import io.coffer.Problem;
import io.coffer.core.access.Permission;
import io.coffer.core.binding.Bound;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be asked for over the APIs, the kind of resource it is asked on, and what it needs. */
public enum Verb {
  SECRET_CREATE("SecretService.Create", Bound.Kind.FOLDER, Permission.SECRETS_CREATE),
  SECRET_LIST("SecretService.List", Bound.Kind.FOLDER, Permission.SECRETS_LIST),
  SECRET_GET("SecretService.Get", Bound.Kind.SECRET, Permission.SECRETS_GET),
  SECRET_UPDATE("SecretService.Update", Bound.Kind.SECRET, Permission.SECRETS_UPDATE),
  SECRET_DELETE("SecretService.Delete", Bound.Kind.SECRET, Permission.SECRETS_DELETE),
  SECRET_ACTIVATE("SecretService.Activate", Bound.Kind.SECRET, Permission.SECRETS_UPDATE),
  SECRET_DEACTIVATE("SecretService.Deactivate", Bound.Kind.SECRET, Permission.SECRETS_UPDATE),
  SECRET_LIST_VERSIONS("SecretService.ListVersions", Bound.Kind.SECRET, Permission.SECRETS_GET),
  SECRET_ADD_VERSION(
      "SecretService.AddVersion",
      Bound.Kind.SECRET,
      Permission.SECRETS_UPDATE,
      Permission.KEYS_ENCRYPT),
  SECRET_SET_CURRENT(
      "SecretService.SetCurrentVersion", Bound.Kind.SECRET, Permission.SECRETS_UPDATE),
  SECRET_SCHEDULE(
      "SecretService.ScheduleVersionDestruction", Bound.Kind.SECRET, Permission.SECRETS_UPDATE),
  SECRET_CANCEL(
      "SecretService.CancelVersionDestruction", Bound.Kind.SECRET, Permission.SECRETS_UPDATE),
  SECRET_LIST_OPERATIONS("SecretService.ListOperations", Bound.Kind.SECRET, Permission.SECRETS_GET),
  SECRET_LIST_BINDINGS(
      "SecretService.ListAccessBindings", Bound.Kind.SECRET, Permission.BINDINGS_LIST),
  SECRET_SET_BINDINGS(
      "SecretService.SetAccessBindings", Bound.Kind.SECRET, Permission.BINDINGS_UPDATE),
  SECRET_UPDATE_BINDINGS(
      "SecretService.UpdateAccessBindings", Bound.Kind.SECRET, Permission.BINDINGS_UPDATE),
  PAYLOAD_GET(
      "PayloadService.Get", Bound.Kind.SECRET, Permission.PAYLOAD_GET, Permission.KEYS_DECRYPT),
  PAYLOAD_GET_EX(
      "PayloadService.GetEx", Bound.Kind.SECRET, Permission.PAYLOAD_GET, Permission.KEYS_DECRYPT),

  DOCKER_CREATE("docker.secret.create", Bound.Kind.FOLDER, Permission.SECRETS_CREATE),
  DOCKER_LIST("docker.secret.ls", Bound.Kind.FOLDER, Permission.SECRETS_LIST),
  DOCKER_INSPECT("docker.secret.inspect", Bound.Kind.SECRET, Permission.SECRETS_GET),
  DOCKER_UPDATE("docker.secret.update", Bound.Kind.SECRET, Permission.SECRETS_UPDATE),
  DOCKER_REMOVE("docker.secret.rm", Bound.Kind.SECRET, Permission.SECRETS_DELETE),

  CLOUD_CREATE("CloudService.Create", Bound.Kind.CLOUD, Permission.CLOUDS_CREATE),
  CLOUD_GET("CloudService.Get", Bound.Kind.CLOUD, Permission.CLOUDS_GET),
  CLOUD_LIST("CloudService.List", Bound.Kind.CLOUD, Permission.CLOUDS_GET),
  CLOUD_UPDATE("CloudService.Update", Bound.Kind.CLOUD, Permission.CLOUDS_UPDATE),
  CLOUD_DELETE("CloudService.Delete", Bound.Kind.CLOUD, Permission.CLOUDS_DELETE),
  CLOUD_LIST_OPERATIONS("CloudService.ListOperations", Bound.Kind.CLOUD, Permission.CLOUDS_GET),
  CLOUD_LIST_BINDINGS(
      "CloudService.ListAccessBindings", Bound.Kind.CLOUD, Permission.CLOUD_BINDINGS_LIST),
  CLOUD_SET_BINDINGS(
      "CloudService.SetAccessBindings", Bound.Kind.CLOUD, Permission.CLOUD_BINDINGS_UPDATE),
  CLOUD_UPDATE_BINDINGS(
      "CloudService.UpdateAccessBindings", Bound.Kind.CLOUD, Permission.CLOUD_BINDINGS_UPDATE),
  FOLDER_CREATE("FolderService.Create", Bound.Kind.CLOUD, Permission.FOLDERS_CREATE),
  FOLDER_LIST("FolderService.List", Bound.Kind.FOLDER, Permission.FOLDERS_GET),
  FOLDER_GET("FolderService.Get", Bound.Kind.FOLDER, Permission.FOLDERS_GET),
  FOLDER_UPDATE("FolderService.Update", Bound.Kind.FOLDER, Permission.FOLDERS_UPDATE),
  FOLDER_DELETE("FolderService.Delete", Bound.Kind.FOLDER, Permission.FOLDERS_DELETE),
  FOLDER_LIST_OPERATIONS("FolderService.ListOperations", Bound.Kind.FOLDER, Permission.FOLDERS_GET),
  FOLDER_LIST_BINDINGS(
      "FolderService.ListAccessBindings", Bound.Kind.FOLDER, Permission.FOLDER_BINDINGS_LIST),
  FOLDER_SET_BINDINGS(
      "FolderService.SetAccessBindings", Bound.Kind.FOLDER, Permission.FOLDER_BINDINGS_UPDATE),
  FOLDER_UPDATE_BINDINGS(
      "FolderService.UpdateAccessBindings", Bound.Kind.FOLDER, Permission.FOLDER_BINDINGS_UPDATE),
  CERTIFICATE_CREATE(
      "ClientCertificateService.Create", Bound.Kind.CLOUD, Permission.CLIENT_CERTIFICATES_CREATE),

  KEY_CREATE("SymmetricKeyService.Create", Bound.Kind.FOLDER, Permission.KEYS_CREATE),
  KEY_LIST("SymmetricKeyService.List", Bound.Kind.FOLDER, Permission.KEYS_LIST),
  KEY_GET("SymmetricKeyService.Get", Bound.Kind.SYMMETRIC_KEY, Permission.KEYS_GET),
  KEY_UPDATE("SymmetricKeyService.Update", Bound.Kind.SYMMETRIC_KEY, Permission.KEYS_UPDATE),
  KEY_DELETE("SymmetricKeyService.Delete", Bound.Kind.SYMMETRIC_KEY, Permission.KEYS_DELETE),
  KEY_ROTATE("SymmetricKeyService.Rotate", Bound.Kind.SYMMETRIC_KEY, Permission.KEYS_UPDATE),
  KEY_SET_PRIMARY(
      "SymmetricKeyService.SetPrimaryVersion", Bound.Kind.SYMMETRIC_KEY, Permission.KEYS_UPDATE),
  KEY_SCHEDULE(
      "SymmetricKeyService.ScheduleVersionDestruction",
      Bound.Kind.SYMMETRIC_KEY,
      Permission.KEYS_UPDATE),
  KEY_CANCEL(
      "SymmetricKeyService.CancelVersionDestruction",
      Bound.Kind.SYMMETRIC_KEY,
      Permission.KEYS_UPDATE),
  KEY_LIST_VERSIONS(
      "SymmetricKeyService.ListVersions", Bound.Kind.SYMMETRIC_KEY, Permission.KEYS_GET),
  KEY_LIST_OPERATIONS(
      "SymmetricKeyService.ListOperations", Bound.Kind.SYMMETRIC_KEY, Permission.KEYS_GET),
  KEY_LIST_BINDINGS(
      "SymmetricKeyService.ListAccessBindings",
      Bound.Kind.SYMMETRIC_KEY,
      Permission.KEY_BINDINGS_LIST),
  KEY_SET_BINDINGS(
      "SymmetricKeyService.SetAccessBindings",
      Bound.Kind.SYMMETRIC_KEY,
      Permission.KEY_BINDINGS_UPDATE),
  KEY_UPDATE_BINDINGS(
      "SymmetricKeyService.UpdateAccessBindings",
      Bound.Kind.SYMMETRIC_KEY,
      Permission.KEY_BINDINGS_UPDATE),
  ENCRYPT("SymmetricCryptoService.Encrypt", Bound.Kind.SYMMETRIC_KEY, Permission.KEYS_ENCRYPT),
  DECRYPT("SymmetricCryptoService.Decrypt", Bound.Kind.SYMMETRIC_KEY, Permission.KEYS_DECRYPT),
  RE_ENCRYPT(
      "SymmetricCryptoService.ReEncrypt",
      Bound.Kind.SYMMETRIC_KEY,
      Permission.KEYS_ENCRYPT,
      Permission.KEYS_DECRYPT),
  DATA_KEY(
      "SymmetricCryptoService.GenerateDataKey", Bound.Kind.SYMMETRIC_KEY, Permission.KEYS_ENCRYPT),

  ACCOUNT_CREATE(
      "ServiceAccountService.Create", Bound.Kind.FOLDER, Permission.SERVICE_ACCOUNTS_CREATE),
  ACCOUNT_LIST("ServiceAccountService.List", Bound.Kind.FOLDER, Permission.SERVICE_ACCOUNTS_LIST),
  ACCOUNT_GET(
      "ServiceAccountService.Get", Bound.Kind.SERVICE_ACCOUNT, Permission.SERVICE_ACCOUNTS_GET),
  ACCOUNT_UPDATE(
      "ServiceAccountService.Update",
      Bound.Kind.SERVICE_ACCOUNT,
      Permission.SERVICE_ACCOUNTS_UPDATE),
  ACCOUNT_DELETE(
      "ServiceAccountService.Delete",
      Bound.Kind.SERVICE_ACCOUNT,
      Permission.SERVICE_ACCOUNTS_DELETE),
  ACCOUNT_SUSPEND(
      "ServiceAccountService.Suspend",
      Bound.Kind.SERVICE_ACCOUNT,
      Permission.SERVICE_ACCOUNTS_UPDATE),
  ACCOUNT_REACTIVATE(
      "ServiceAccountService.Reactivate",
      Bound.Kind.SERVICE_ACCOUNT,
      Permission.SERVICE_ACCOUNTS_UPDATE),
  ACCOUNT_LIST_OPERATIONS(
      "ServiceAccountService.ListOperations",
      Bound.Kind.SERVICE_ACCOUNT,
      Permission.SERVICE_ACCOUNTS_GET),
  ACCOUNT_LIST_BINDINGS(
      "ServiceAccountService.ListAccessBindings",
      Bound.Kind.SERVICE_ACCOUNT,
      Permission.SERVICE_ACCOUNT_BINDINGS_LIST),
  ACCOUNT_SET_BINDINGS(
      "ServiceAccountService.SetAccessBindings",
      Bound.Kind.SERVICE_ACCOUNT,
      Permission.SERVICE_ACCOUNT_BINDINGS_UPDATE),
  ACCOUNT_UPDATE_BINDINGS(
      "ServiceAccountService.UpdateAccessBindings",
      Bound.Kind.SERVICE_ACCOUNT,
      Permission.SERVICE_ACCOUNT_BINDINGS_UPDATE),
  TOKEN_FOR_ACCOUNT(
      "IamTokenService.CreateForServiceAccount",
      Bound.Kind.SERVICE_ACCOUNT,
      Permission.ACCOUNT_TOKENS_CREATE),
  LOGIN_KEY_CREATE("KeyService.Create", Bound.Kind.SERVICE_ACCOUNT, Permission.ACCOUNT_KEYS_CREATE),
  LOGIN_KEY_LIST("KeyService.List", Bound.Kind.SERVICE_ACCOUNT, Permission.ACCOUNT_KEYS_LIST),
  LOGIN_KEY_GET("KeyService.Get", Bound.Kind.SERVICE_ACCOUNT, Permission.ACCOUNT_KEYS_GET),
  LOGIN_KEY_UPDATE("KeyService.Update", Bound.Kind.SERVICE_ACCOUNT, Permission.ACCOUNT_KEYS_UPDATE),
  LOGIN_KEY_DELETE("KeyService.Delete", Bound.Kind.SERVICE_ACCOUNT, Permission.ACCOUNT_KEYS_DELETE),
  LOGIN_KEY_LIST_OPERATIONS(
      "KeyService.ListOperations", Bound.Kind.SERVICE_ACCOUNT, Permission.ACCOUNT_KEYS_GET),
  API_KEY_CREATE(
      "ApiKeyService.Create", Bound.Kind.SERVICE_ACCOUNT, Permission.ACCOUNT_KEYS_CREATE),
  API_KEY_LIST("ApiKeyService.List", Bound.Kind.SERVICE_ACCOUNT, Permission.ACCOUNT_KEYS_LIST),
  API_KEY_GET("ApiKeyService.Get", Bound.Kind.SERVICE_ACCOUNT, Permission.ACCOUNT_KEYS_GET),
  API_KEY_UPDATE(
      "ApiKeyService.Update", Bound.Kind.SERVICE_ACCOUNT, Permission.ACCOUNT_KEYS_UPDATE),
  API_KEY_DELETE(
      "ApiKeyService.Delete", Bound.Kind.SERVICE_ACCOUNT, Permission.ACCOUNT_KEYS_DELETE),
  API_KEY_LIST_OPERATIONS(
      "ApiKeyService.ListOperations", Bound.Kind.SERVICE_ACCOUNT, Permission.ACCOUNT_KEYS_GET),

  FEDERATION_CREATE("FederationService.Create", Bound.Kind.FOLDER, Permission.FEDERATIONS_CREATE),
  FEDERATION_LIST("FederationService.List", Bound.Kind.FOLDER, Permission.FEDERATIONS_LIST),
  FEDERATION_GET("FederationService.Get", Bound.Kind.FEDERATION, Permission.FEDERATIONS_GET),
  FEDERATION_UPDATE(
      "FederationService.Update", Bound.Kind.FEDERATION, Permission.FEDERATIONS_UPDATE),
  FEDERATION_DELETE(
      "FederationService.Delete", Bound.Kind.FEDERATION, Permission.FEDERATIONS_DELETE),
  FEDERATION_LIST_BINDINGS(
      "FederationService.ListAccessBindings",
      Bound.Kind.FEDERATION,
      Permission.FEDERATION_BINDINGS_LIST),
  FEDERATION_SET_BINDINGS(
      "FederationService.SetAccessBindings",
      Bound.Kind.FEDERATION,
      Permission.FEDERATION_BINDINGS_UPDATE),
  FEDERATION_UPDATE_BINDINGS(
      "FederationService.UpdateAccessBindings",
      Bound.Kind.FEDERATION,
      Permission.FEDERATION_BINDINGS_UPDATE),
  /** The federation that it is to refer to must be one he may get, whichever that is. */
  CREDENTIAL_CREATE(
      "FederatedCredentialService.Create",
      Bound.Kind.SERVICE_ACCOUNT,
      Permission.ACCOUNT_KEYS_CREATE),
  CREDENTIAL_LIST(
      "FederatedCredentialService.List", Bound.Kind.SERVICE_ACCOUNT, Permission.ACCOUNT_KEYS_LIST),
  CREDENTIAL_GET(
      "FederatedCredentialService.Get", Bound.Kind.SERVICE_ACCOUNT, Permission.ACCOUNT_KEYS_GET),
  CREDENTIAL_DELETE(
      "FederatedCredentialService.Delete",
      Bound.Kind.SERVICE_ACCOUNT,
      Permission.ACCOUNT_KEYS_DELETE),

  USER_CREATE("UserAccountService.Create", Bound.Kind.CLOUD, Permission.USERS_CREATE),
  USER_LIST("UserAccountService.List", Bound.Kind.CLOUD, Permission.USERS_LIST),
  USER_GET("UserAccountService.Get", Bound.Kind.CLOUD, Permission.USERS_GET),
  USER_DELETE("UserAccountService.Delete", Bound.Kind.CLOUD, Permission.USERS_DELETE),
  USER_KEY_CREATE("UserAccountService.CreateKey", Bound.Kind.CLOUD, Permission.USER_KEYS_UPDATE),
  USER_KEY_LIST("UserAccountService.ListKeys", Bound.Kind.CLOUD, Permission.USER_KEYS_GET),
  GROUP_CREATE("GroupService.Create", Bound.Kind.CLOUD, Permission.GROUPS_CREATE),
  GROUP_LIST("GroupService.List", Bound.Kind.CLOUD, Permission.GROUPS_LIST),
  GROUP_LIST_EFFECTIVE("GroupService.ListEffective", Bound.Kind.CLOUD, Permission.GROUPS_LIST),
  GROUP_GET("GroupService.Get", Bound.Kind.GROUP, Permission.GROUPS_GET),
  GROUP_UPDATE("GroupService.Update", Bound.Kind.GROUP, Permission.GROUPS_UPDATE),
  GROUP_DELETE("GroupService.Delete", Bound.Kind.GROUP, Permission.GROUPS_DELETE),
  GROUP_LIST_MEMBERS("GroupService.ListMembers", Bound.Kind.GROUP, Permission.GROUP_MEMBERS_LIST),
  GROUP_UPDATE_MEMBERS(
      "GroupService.UpdateMembers", Bound.Kind.GROUP, Permission.GROUP_MEMBERS_UPDATE),
  GROUP_LIST_OPERATIONS("GroupService.ListOperations", Bound.Kind.GROUP, Permission.GROUPS_GET),
  GROUP_LIST_BINDINGS(
      "GroupService.ListAccessBindings", Bound.Kind.GROUP, Permission.GROUP_BINDINGS_LIST),
  GROUP_SET_BINDINGS(
      "GroupService.SetAccessBindings", Bound.Kind.GROUP, Permission.GROUP_BINDINGS_UPDATE),
  GROUP_UPDATE_BINDINGS(
      "GroupService.UpdateAccessBindings", Bound.Kind.GROUP, Permission.GROUP_BINDINGS_UPDATE);

  private static final String DOCKER = "docker.";

  private final String id;
  private final Bound.Kind on;

  @SuppressWarnings("ImmutableEnumChecker") // A list that nobody can change.
  private final List<Permission> needs;

  Verb(String id, Bound.Kind on, Permission... needs) {
    this.id = id;
    this.on = on;
    this.needs = List.of(needs);
  }

  /** As {@code SecretService.Get}, or {@code docker.secret.inspect}. */
  public String id() {
    return id;
  }

  public Bound.Kind on() {
    return on;
  }

  /** On the resource; those on a key, where it is asked on a secret, on the key it is under. */
  public List<Permission> needs() {
    return needs;
  }

  /**
   * By its id or as people write it: {@code lockbox.Payload.Get}, {@code
   * yandex.cloud.kms.v1.SymmetricKeyService/Rotate}.
   */
  public static Verb parse(String text) {
    String plain = text.replace('/', '.');
    String wanted = plain.startsWith(DOCKER) ? plain : shortened(plain);
    Optional<Verb> known =
        Arrays.stream(values())
            .filter(
                verb -> verb.id.toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT)))
            .findFirst();
    return known.orElseThrow(() ->
        new Problem.Invalid(
                "verb", "must be a method, as lockbox.Payload.Get, or docker.secret.inspect")
            .asException());
  }

  private static String shortened(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length < 2) {
      return text;
    }
    String service = parts[parts.length - 2];
    String method = parts[parts.length - 1];
    return (service.endsWith("Service") ? service : service + "Service") + "." + method;
  }
}
