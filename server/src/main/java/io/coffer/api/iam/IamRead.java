package io.coffer.api.iam;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import io.coffer.Problem;
import io.coffer.api.rpc.WireTime;
import io.coffer.core.iam.CreateAccount;
import io.coffer.core.iam.CreateApiKey;
import io.coffer.core.iam.CreateAuthorizedKey;
import io.coffer.core.iam.CreateUserAccount;
import io.coffer.core.iam.UpdateAccount;
import io.coffer.core.iam.UpdateAccount.Field;
import io.coffer.core.iam.UpdateApiKey;
import io.coffer.crypto.RsaKeys;
import io.coffer.wire.coffer.v1.CreateUserAccountKeyRequest;
import io.coffer.wire.coffer.v1.CreateUserAccountRequest;
import io.coffer.wire.iam.v1.CreateApiKeyRequest;
import io.coffer.wire.iam.v1.CreateKeyRequest;
import io.coffer.wire.iam.v1.CreateServiceAccountRequest;
import io.coffer.wire.iam.v1.Key;
import io.coffer.wire.iam.v1.UpdateApiKeyRequest;
import io.coffer.wire.iam.v1.UpdateServiceAccountRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** From IAM's messages to commands. A mask that names nothing is one that names everything. */
final class IamRead {
  private IamRead() {}

  static CreateAccount create(CreateServiceAccountRequest request) {
    return new CreateAccount(
        request.getFolderId(),
        request.getName(),
        request.getDescription(),
        new TreeMap<>(request.getLabelsMap()),
        end(request.hasExpiresAt(), request.getExpiresAt()));
  }

  static UpdateAccount update(UpdateServiceAccountRequest request) {
    Set<Field> mask = EnumSet.noneOf(Field.class);
    request.getUpdateMask().getPathsList().forEach(path -> mask.add(field(path)));
    return new UpdateAccount(
        request.getServiceAccountId(),
        mask.isEmpty() ? EnumSet.allOf(Field.class) : mask,
        request.getName(),
        request.getDescription(),
        new TreeMap<>(request.getLabelsMap()),
        end(request.hasExpiresAt(), request.getExpiresAt()));
  }

  /** In either spelling, since both are sent. */
  private static Field field(String path) {
    return switch (path) {
      case "name" -> Field.NAME;
      case "description" -> Field.DESCRIPTION;
      case "labels" -> Field.LABELS;
      case "expires_at", "expiresAt" -> Field.EXPIRES_AT;
      default ->
          throw new Problem.Invalid(
                  "update_mask", "must name fields of a service account that can change")
              .asException();
    };
  }

  @SuppressWarnings("deprecation") // There was one scope at most, and some still send it so.
  static CreateApiKey create(CreateApiKeyRequest request) {
    List<String> scopes = new ArrayList<>(request.getScopesList());
    if (!request.getScope().isEmpty()) {
      scopes.add(request.getScope());
    }
    return new CreateApiKey(
        request.getServiceAccountId(),
        request.getDescription(),
        scopes,
        end(request.hasExpiresAt(), request.getExpiresAt()));
  }

  static UpdateApiKey update(UpdateApiKeyRequest request) {
    Set<UpdateApiKey.Field> mask = EnumSet.noneOf(UpdateApiKey.Field.class);
    request.getUpdateMask().getPathsList().forEach(path -> mask.add(apiKeyField(path)));
    return new UpdateApiKey(
        request.getApiKeyId(),
        mask.isEmpty() ? EnumSet.allOf(UpdateApiKey.Field.class) : mask,
        request.getDescription(),
        request.getScopesList(),
        end(request.hasExpiresAt(), request.getExpiresAt()));
  }

  private static UpdateApiKey.Field apiKeyField(String path) {
    return switch (path) {
      case "description" -> UpdateApiKey.Field.DESCRIPTION;
      case "scopes" -> UpdateApiKey.Field.SCOPES;
      case "expires_at", "expiresAt" -> UpdateApiKey.Field.EXPIRES_AT;
      default ->
          throw new Problem.Invalid("update_mask", "must name fields of an API key that can change")
              .asException();
    };
  }

  static Optional<Instant> end(boolean given, Timestamp end) {
    return given ? Optional.of(WireTime.instant("expires_at", end)) : Optional.empty();
  }

  static CreateAuthorizedKey create(CreateKeyRequest request) {
    return new CreateAuthorizedKey(
        request.getServiceAccountId(),
        request.getDescription(),
        algorithm(request.getKeyAlgorithm()));
  }

  static CreateUserAccount create(CreateUserAccountRequest request) {
    return new CreateUserAccount(
        request.getOrganizationId(),
        request.getLogin(),
        request.getDefaultEmail(),
        algorithm(request.getKeyAlgorithm()));
  }

  static CreateAuthorizedKey create(CreateUserAccountKeyRequest request) {
    return new CreateAuthorizedKey(
        request.getUserAccountId(), request.getDescription(), algorithm(request.getKeyAlgorithm()));
  }

  private static RsaKeys.Algorithm algorithm(Key.Algorithm algorithm) {
    return switch (algorithm) {
      case RSA_2048, ALGORITHM_UNSPECIFIED -> RsaKeys.Algorithm.RSA_2048;
      case RSA_4096 -> RsaKeys.Algorithm.RSA_4096;
      case UNRECOGNIZED ->
          throw new Problem.Invalid("key_algorithm", "must be RSA_2048 or RSA_4096").asException();
    };
  }

  /** Of a key its description is all that can change. */
  static void requireDescription(FieldMask mask) {
    if (!mask.getPathsList().stream().allMatch("description"::equals)) {
      throw new Problem.Invalid("update_mask", "must name description and nothing else")
          .asException();
    }
  }
}
