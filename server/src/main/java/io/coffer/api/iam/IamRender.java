package io.coffer.api.iam;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import io.coffer.api.rpc.WireTime;
import io.coffer.core.Subject;
import io.coffer.core.iam.AuthorizedKey;
import io.coffer.core.iam.IssuedApiKey;
import io.coffer.core.iam.IssuedKey;
import io.coffer.core.operation.Operation;
import io.coffer.wire.iam.v1.ApiKey;
import io.coffer.wire.iam.v1.ApiKeyOuterClass;
import io.coffer.wire.iam.v1.ApiKeyServiceOuterClass;
import io.coffer.wire.iam.v1.CreateApiKeyResponse;
import io.coffer.wire.iam.v1.CreateKeyResponse;
import io.coffer.wire.iam.v1.CreateServiceAccountMetadata;
import io.coffer.wire.iam.v1.DeleteApiKeyMetadata;
import io.coffer.wire.iam.v1.DeleteKeyMetadata;
import io.coffer.wire.iam.v1.DeleteServiceAccountMetadata;
import io.coffer.wire.iam.v1.Key;
import io.coffer.wire.iam.v1.KeyOuterClass;
import io.coffer.wire.iam.v1.KeyServiceOuterClass;
import io.coffer.wire.iam.v1.ReactivateServiceAccountMetadata;
import io.coffer.wire.iam.v1.ServiceAccount;
import io.coffer.wire.iam.v1.ServiceAccountOuterClass;
import io.coffer.wire.iam.v1.ServiceAccountServiceOuterClass;
import io.coffer.wire.iam.v1.SuspendServiceAccountMetadata;
import io.coffer.wire.iam.v1.UpdateApiKeyMetadata;
import io.coffer.wire.iam.v1.UpdateKeyMetadata;
import io.coffer.wire.iam.v1.UpdateServiceAccountMetadata;
import io.coffer.wire.iam.v1.UserAccount;
import io.coffer.wire.iam.v1.YandexPassportUserAccount;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** From nouns to the messages of IAM. */
public final class IamRender {
  private IamRender() {}

  static ServiceAccount account(io.coffer.core.iam.ServiceAccount account) {
    ServiceAccount.Builder out =
        ServiceAccount.newBuilder()
            .setId(account.id())
            .setFolderId(account.folderId())
            .setCreatedAt(WireTime.millis(account.createdAt()))
            .setName(account.name())
            .setDescription(account.description())
            .putAllLabels(account.labels())
            .setStatus(
                switch (account.status()) {
                  case io.coffer.core.iam.ServiceAccount.Status.Active() ->
                      ServiceAccount.Status.ACTIVE;
                  case io.coffer.core.iam.ServiceAccount.Status.Suspended(var _, var _) ->
                      ServiceAccount.Status.SUSPENDED;
                });
    account.expiresAt().ifPresent(end -> out.setExpiresAt(WireTime.millis(end)));
    return out.build();
  }

  static Key key(AuthorizedKey key) {
    Key.Builder out =
        Key.newBuilder()
            .setId(key.id())
            .setCreatedAt(WireTime.millis(key.createdAt()))
            .setDescription(key.description())
            .setKeyAlgorithm(Key.Algorithm.valueOf(key.algorithm()))
            .setPublicKey(key.publicKeyPem());
    return (key.account().type() == Subject.Type.USER_ACCOUNT
            ? out.setUserAccountId(key.account().id())
            : out.setServiceAccountId(key.account().id()))
        .build();
  }

  static UserAccount user(io.coffer.core.iam.UserAccount account) {
    return UserAccount.newBuilder()
        .setId(account.id())
        .setYandexPassportUserAccount(
            YandexPassportUserAccount.newBuilder()
                .setLogin(account.login())
                .setDefaultEmail(account.email()))
        .build();
  }

  /** A message has no arrays that could be wiped: what it holds is let go with it. */
  static CreateKeyResponse created(IssuedKey issued) {
    return CreateKeyResponse.newBuilder()
        .setKey(key(issued.key()))
        .setPrivateKey(
            issued.privateKey().lend(text -> new String(text, StandardCharsets.US_ASCII)))
        .build();
  }

  static ApiKey apiKey(io.coffer.core.iam.ApiKey key) {
    ApiKey.Builder out =
        ApiKey.newBuilder()
            .setId(key.id())
            .setServiceAccountId(key.serviceAccountId())
            .setCreatedAt(WireTime.millis(key.createdAt()))
            .setDescription(key.description())
            .addAllScopes(key.scopes())
            .setMaskedSecret(key.masked());
    key.expiresAt().ifPresent(end -> out.setExpiresAt(WireTime.millis(end)));
    return out.build();
  }

  static CreateApiKeyResponse created(IssuedApiKey issued) {
    return CreateApiKeyResponse.newBuilder()
        .setApiKey(apiKey(issued.key()))
        .setSecret(issued.secret().lend(text -> new String(text, StandardCharsets.US_ASCII)))
        .build();
  }

  /** What an operation on an API key answered with. */
  public static Message apiKeyIn(Operation operation) {
    return apiKey(io.coffer.core.iam.ApiKey.decode(operation.result()));
  }

  /** What an operation on an account answered with. */
  public static Message accountIn(Operation operation) {
    return account(io.coffer.core.iam.ServiceAccount.decode(operation.result()));
  }

  /** What an operation on an authorized key answered with. */
  public static Message keyIn(Operation operation) {
    return key(AuthorizedKey.decode(operation.result()));
  }

  /** What an operation on an account or a key of one is on. */
  public static Message metadata(Operation operation) {
    String id = operation.resourceId();
    return switch (operation.kind()) {
      case CREATE_SERVICE_ACCOUNT ->
          CreateServiceAccountMetadata.newBuilder().setServiceAccountId(id).build();
      case UPDATE_SERVICE_ACCOUNT ->
          UpdateServiceAccountMetadata.newBuilder().setServiceAccountId(id).build();
      case DELETE_SERVICE_ACCOUNT ->
          DeleteServiceAccountMetadata.newBuilder().setServiceAccountId(id).build();
      case SUSPEND_SERVICE_ACCOUNT ->
          SuspendServiceAccountMetadata.newBuilder().setServiceAccountId(id).build();
      case REACTIVATE_SERVICE_ACCOUNT ->
          ReactivateServiceAccountMetadata.newBuilder().setServiceAccountId(id).build();
      case UPDATE_ACCOUNT_KEY, UPDATE_USER_KEY ->
          UpdateKeyMetadata.newBuilder().setKeyId(id).build();
      case UPDATE_API_KEY -> UpdateApiKeyMetadata.newBuilder().setApiKeyId(id).build();
      case DELETE_API_KEY -> DeleteApiKeyMetadata.newBuilder().setApiKeyId(id).build();
      case DELETE_ACCOUNT_KEY, DELETE_USER_KEY ->
          DeleteKeyMetadata.newBuilder().setKeyId(id).build();
      default -> throw new AssertionError("no operation of IAM: " + operation.kind());
    };
  }

  /** What operations may carry in an {@code Any}. */
  public static List<Descriptor> packedTypes() {
    List<Descriptor> types = new ArrayList<>();
    types.addAll(ServiceAccountOuterClass.getDescriptor().getMessageTypes());
    types.addAll(ServiceAccountServiceOuterClass.getDescriptor().getMessageTypes());
    types.addAll(ApiKeyOuterClass.getDescriptor().getMessageTypes());
    types.addAll(ApiKeyServiceOuterClass.getDescriptor().getMessageTypes());
    types.addAll(KeyOuterClass.getDescriptor().getMessageTypes());
    types.addAll(KeyServiceOuterClass.getDescriptor().getMessageTypes());
    return types;
  }
}
