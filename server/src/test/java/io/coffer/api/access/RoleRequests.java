package io.coffer.api.access;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;

/** What each verb is asked with; {@code $} and a word stand for what is there to ask about. */
final class RoleRequests {
  private static final String SECRET = "{\"secretId\":\"$secret\"}";
  private static final String VERSION = "{\"secretId\":\"$secret\",\"versionId\":\"$version\"}";
  private static final String KEY = "{\"keyId\":\"$key\"}";
  private static final String KEY_VERSION = "{\"keyId\":\"$key\",\"versionId\":\"$keyVersion\"}";
  private static final String ACCOUNT = "{\"serviceAccountId\":\"$account\"}";
  private static final String USER = "{\"userAccountId\":\"$user\"}";
  private static final String FEDERATION = "{\"federationId\":\"$federation\"}";
  private static final String GROUP = "{\"groupId\":\"$group\"}";
  private static final String CLOUD = "{\"cloudId\":\"$cloud\"}";
  private static final String FOLDER = "{\"folderId\":\"$folder\"}";
  private static final String NAMED = ",\"name\":\"n$number\"}";

  private RoleRequests() {}

  static final Map<String, String> ALL =
      Map.ofEntries(
          entry("SecretService.Create", "{\"folderId\":\"$folder\",\"createVersion\":false}"),
          entry("SecretService.List", "{\"folderId\":\"$folder\",\"pageSize\":\"1\"}"),
          entry("SecretService.Get", SECRET),
          entry(
              "SecretService.Update",
              "{\"secretId\":\"$secret\",\"updateMask\":\"description\",\"description\":\"d\"}"),
          entry("SecretService.Delete", SECRET),
          entry("SecretService.Activate", SECRET),
          entry("SecretService.Deactivate", SECRET),
          entry("SecretService.ListVersions", SECRET),
          entry(
              "SecretService.AddVersion",
              "{\"secretId\":\"$secret\",\"payloadEntries\":[{\"key\":\"k\",\"textValue\":\"w\"}]}"),
          entry("SecretService.SetCurrentVersion", VERSION),
          entry("SecretService.ScheduleVersionDestruction", VERSION),
          entry("SecretService.CancelVersionDestruction", VERSION),
          entry("SecretService.ListOperations", SECRET),
          entry("PayloadService.Get", SECRET),
          entry("PayloadService.GetEx", SECRET),
          entry("CloudService.Create", "{\"organizationId\":\"o\"" + NAMED),
          entry("CloudService.Get", CLOUD),
          entry("CloudService.List", "{}"),
          entry(
              "CloudService.Update",
              "{\"cloudId\":\"$cloud\",\"updateMask\":\"description\",\"description\":\"d\"}"),
          entry("CloudService.Delete", CLOUD),
          entry("CloudService.ListOperations", CLOUD),
          entry("FolderService.Create", "{\"cloudId\":\"$cloud\"" + NAMED),
          entry("FolderService.List", CLOUD),
          entry("FolderService.Get", FOLDER),
          entry(
              "FolderService.Update",
              "{\"folderId\":\"$folder\",\"updateMask\":\"description\",\"description\":\"d\"}"),
          entry("FolderService.Delete", FOLDER),
          entry("FolderService.ListOperations", FOLDER),
          entry("ClientCertificateService.Create", "{\"certificateRequest\":\"$request\"}"),
          entry(
              "SymmetricKeyService.Create",
              "{\"folderId\":\"$folder\",\"defaultAlgorithm\":\"AES_256\"}"),
          entry("SymmetricKeyService.List", FOLDER),
          entry("SymmetricKeyService.Get", KEY),
          entry(
              "SymmetricKeyService.Update",
              "{\"keyId\":\"$key\",\"updateMask\":\"description\",\"description\":\"d\"}"),
          entry("SymmetricKeyService.Delete", KEY),
          entry("SymmetricKeyService.Rotate", KEY),
          entry("SymmetricKeyService.SetPrimaryVersion", KEY_VERSION),
          entry("SymmetricKeyService.ScheduleVersionDestruction", KEY_VERSION),
          entry("SymmetricKeyService.CancelVersionDestruction", KEY_VERSION),
          entry("SymmetricKeyService.ListVersions", KEY),
          entry("SymmetricKeyService.ListOperations", KEY),
          entry("SymmetricCryptoService.Encrypt", "{\"keyId\":\"$key\",\"plaintext\":\"dg==\"}"),
          entry(
              "SymmetricCryptoService.Decrypt",
              "{\"keyId\":\"$key\",\"ciphertext\":\"$ciphertext\"}"),
          entry(
              "SymmetricCryptoService.ReEncrypt",
              "{\"keyId\":\"$key\",\"sourceKeyId\":\"$key\",\"ciphertext\":\"$ciphertext\"}"),
          entry(
              "SymmetricCryptoService.GenerateDataKey",
              "{\"keyId\":\"$key\",\"dataKeySpec\":\"AES_256\"}"),
          entry("ServiceAccountService.Create", "{\"folderId\":\"$folder\"" + NAMED),
          entry("ServiceAccountService.List", FOLDER),
          entry("ServiceAccountService.Get", ACCOUNT),
          entry(
              "ServiceAccountService.Update",
              "{\"serviceAccountId\":\"$account\",\"updateMask\":\"description\","
                  + "\"description\":\"d\"}"),
          entry("ServiceAccountService.Delete", ACCOUNT),
          entry("ServiceAccountService.Suspend", ACCOUNT),
          entry("ServiceAccountService.Reactivate", ACCOUNT),
          entry("ServiceAccountService.ListOperations", ACCOUNT),
          entry("IamTokenService.CreateForServiceAccount", ACCOUNT),
          entry("KeyService.Create", ACCOUNT),
          entry("KeyService.List", ACCOUNT),
          entry("KeyService.Get", "{\"keyId\":\"$loginKey\"}"),
          entry(
              "KeyService.Update",
              "{\"keyId\":\"$loginKey\",\"updateMask\":\"description\",\"description\":\"d\"}"),
          entry("KeyService.Delete", "{\"keyId\":\"$loginKey\"}"),
          entry("KeyService.ListOperations", "{\"keyId\":\"$loginKey\"}"),
          entry("GroupService.Create", "{\"organizationId\":\"$cloud\"" + NAMED),
          entry("GroupService.List", "{\"organizationId\":\"$cloud\"}"),
          entry("GroupService.ListEffective", "{\"subjectId\":\"$account\"}"),
          entry(
              "UserAccountService.Create",
              "{\"organizationId\":\"$cloud\",\"login\":\"u$number\"}"),
          entry("UserAccountService.List", "{\"organizationId\":\"$cloud\"}"),
          entry(
              "FederationService.Create",
              "{\"folderId\":\"$folder\",\"issuer\":\"https://issuer.example\","
                  + "\"jwksUrl\":\"https://issuer.example/jwks\",\"audiences\":[\"a\"]"
                  + NAMED),
          entry("FederationService.List", FOLDER),
          entry("FederationService.Get", FEDERATION),
          entry(
              "FederationService.Update",
              "{\"federationId\":\"$federation\",\"updateMask\":\"description\","
                  + "\"description\":\"d\"}"),
          entry("FederationService.Delete", FEDERATION),
          entry(
              "FederatedCredentialService.Create",
              "{\"serviceAccountId\":\"$account\",\"federationId\":\"$federation\","
                  + "\"externalSubjectId\":\"s$number\"}"),
          entry("FederatedCredentialService.List", ACCOUNT),
          entry("FederatedCredentialService.Get", "{\"federatedCredentialId\":\"$credential\"}"),
          entry("FederatedCredentialService.Delete", "{\"federatedCredentialId\":\"$credential\"}"),
          entry("UserAccountService.Get", USER),
          entry("UserAccountService.Delete", USER),
          entry("UserAccountService.CreateKey", USER),
          entry("UserAccountService.ListKeys", USER),
          entry("GroupService.Get", GROUP),
          entry(
              "GroupService.Update",
              "{\"groupId\":\"$group\",\"updateMask\":\"description\",\"description\":\"d\"}"),
          entry("GroupService.Delete", GROUP),
          entry("GroupService.ListMembers", GROUP),
          entry(
              "GroupService.UpdateMembers",
              "{\"groupId\":\"$group\",\"memberDeltas\":[{\"action\":\"ADD\","
                  + "\"subjectId\":\"$account\"}]}"),
          entry("GroupService.ListOperations", GROUP),
          entry("ApiKeyService.Create", ACCOUNT),
          entry("ApiKeyService.List", ACCOUNT),
          entry("ApiKeyService.Get", "{\"apiKeyId\":\"$apiKey\"}"),
          entry(
              "ApiKeyService.Update",
              "{\"apiKeyId\":\"$apiKey\",\"updateMask\":\"description\",\"description\":\"d\"}"),
          entry("ApiKeyService.Delete", "{\"apiKeyId\":\"$apiKey\"}"),
          entry("ApiKeyService.ListOperations", "{\"apiKeyId\":\"$apiKey\"}"));

  /** Of a verb on bindings what it is asked with is the same for all that has some. */
  static String of(RoleTable.Row row) {
    String on = "{\"resourceId\":\"$" + row.on().name().toLowerCase(Locale.ROOT) + "\"";
    String method = row.verb().substring(row.verb().lastIndexOf('.') + 1);
    String request =
        switch (method) {
          case "ListAccessBindings" -> on + "}";
          case "SetAccessBindings" -> on + ",\"accessBindings\":$bindings}";
          case "UpdateAccessBindings" ->
              on
                  + ",\"accessBindingDeltas\":[{\"action\":\"REMOVE\",\"accessBinding\":{"
                  + "\"roleId\":\"viewer\",\"subject\":{\"type\":\"serviceAccount\","
                  + "\"id\":\"ajenobody\"}}}]}";
          default -> ALL.get(row.verb());
        };
    if (request == null) {
      throw new AssertionError("nobody knows what to ask for " + row.verb());
    }
    return request;
  }
}
