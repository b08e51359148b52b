package io.coffer.core.iam;

import coffer.stored.ApiKeyRow;
import coffer.stored.AuthorizedKeyRow;
import coffer.stored.FederatedCredentialRow;
import coffer.stored.LabelRow;
import coffer.stored.RevokedTokenRow;
import coffer.stored.ServiceAccountRow;
import coffer.stored.UserAccountRow;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.coffer.Bytes;
import io.coffer.core.StoredTime;
import io.coffer.core.Subject;
import io.coffer.engine.EngineException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Accounts and their keys, as stored. */
final class AccountCodec {
  private AccountCodec() {}

  static Bytes encode(ServiceAccount account) {
    ServiceAccountRow.Builder row =
        ServiceAccountRow.newBuilder()
            .setId(account.id())
            .setFolderId(account.folderId())
            .setName(account.name())
            .setDescription(account.description())
            .setCreatedAt(StoredTime.of(account.createdAt()));
    account
        .labels()
        .forEach(
            (name, value) -> row.addLabels(LabelRow.newBuilder().setKey(name).setValue(value)));
    account.expiresAt().ifPresent(end -> row.setExpiresAt(stored(end)));
    switch (account.status()) {
      case ServiceAccount.Status.Active() -> {}
      case ServiceAccount.Status.Suspended(var reason, var until) -> {
        row.setSuspended(true).setSuspendedFor(reason);
        until.ifPresent(end -> row.setSuspendedUntil(stored(end)));
      }
    }
    return Bytes.takeOver(row.build().toByteArray());
  }

  static ServiceAccount account(Bytes value) {
    try {
      ServiceAccountRow row = ServiceAccountRow.parseFrom(value.shared());
      return new ServiceAccount(
          row.getId(),
          row.getFolderId(),
          row.getName(),
          row.getDescription(),
          StoredTime.instant(row.getCreatedAt()),
          labels(row),
          time(row.getExpiresAt()),
          row.getSuspended()
              ? new ServiceAccount.Status.Suspended(
                  row.getSuspendedFor(), time(row.getSuspendedUntil()))
              : new ServiceAccount.Status.Active());
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("a service account does not decode", e);
    }
  }

  private static SortedMap<String, String> labels(ServiceAccountRow row) {
    SortedMap<String, String> labels = new TreeMap<>();
    row.getLabelsList().forEach(label -> labels.put(label.getKey(), label.getValue()));
    return labels;
  }

  /** The first instant of 1970 is stored as the second: 0 is none. */
  private static long stored(Instant end) {
    long time = StoredTime.of(end);
    return time == 0 ? 1 : time;
  }

  private static Optional<Instant> time(long stored) {
    return stored == 0 ? Optional.empty() : Optional.of(StoredTime.instant(stored));
  }

  static Bytes encode(UserAccount account) {
    return Bytes.takeOver(
        UserAccountRow.newBuilder()
            .setId(account.id())
            .setOrganizationId(account.organizationId())
            .setLogin(account.login())
            .setEmail(account.email())
            .setCreatedAt(StoredTime.of(account.createdAt()))
            .build()
            .toByteArray());
  }

  static UserAccount user(Bytes value) {
    try {
      UserAccountRow row = UserAccountRow.parseFrom(value.shared());
      return new UserAccount(
          row.getId(),
          row.getOrganizationId(),
          row.getLogin(),
          row.getEmail(),
          StoredTime.instant(row.getCreatedAt()));
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("a user account does not decode", e);
    }
  }

  static Bytes encode(AuthorizedKey key) {
    AuthorizedKeyRow.Builder row =
        AuthorizedKeyRow.newBuilder()
            .setId(key.id())
            .setCreatedAt(StoredTime.of(key.createdAt()))
            .setAlgorithm(key.algorithm())
            .setPublicKey(key.publicKeyPem())
            .setDescription(key.description());
    switch (key.account().type()) {
      case SERVICE_ACCOUNT -> row.setServiceAccountId(key.account().id());
      case USER_ACCOUNT -> row.setUserAccountId(key.account().id());
      case FEDERATED_USER, GROUP, SYSTEM, CERTIFICATE ->
          throw new AssertionError("who has no keys: " + key.account());
    }
    return Bytes.takeOver(row.build().toByteArray());
  }

  private static Subject account(AuthorizedKeyRow row) {
    return row.getUserAccountId().isEmpty()
        ? new Subject(Subject.Type.SERVICE_ACCOUNT, row.getServiceAccountId())
        : new Subject(Subject.Type.USER_ACCOUNT, row.getUserAccountId());
  }

  static AuthorizedKey key(Bytes value) {
    try {
      AuthorizedKeyRow row = AuthorizedKeyRow.parseFrom(value.shared());
      return new AuthorizedKey(
          row.getId(),
          account(row),
          StoredTime.instant(row.getCreatedAt()),
          row.getAlgorithm(),
          row.getPublicKey(),
          row.getDescription());
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("an authorized key does not decode", e);
    }
  }

  static Bytes encode(ApiKey key) {
    ApiKeyRow.Builder row =
        ApiKeyRow.newBuilder()
            .setId(key.id())
            .setServiceAccountId(key.serviceAccountId())
            .setCreatedAt(StoredTime.of(key.createdAt()))
            .setDescription(key.description())
            .addAllScopes(key.scopes())
            .setMasked(key.masked())
            .setDigest(UnsafeByteOperations.unsafeWrap(key.digest().shared()));
    key.expiresAt().ifPresent(end -> row.setExpiresAt(stored(end)));
    return Bytes.takeOver(row.build().toByteArray());
  }

  static ApiKey apiKey(Bytes value) {
    try {
      ApiKeyRow row = ApiKeyRow.parseFrom(value.shared());
      return new ApiKey(
          row.getId(),
          row.getServiceAccountId(),
          StoredTime.instant(row.getCreatedAt()),
          row.getDescription(),
          row.getScopesList(),
          time(row.getExpiresAt()),
          row.getMasked(),
          Bytes.takeOver(row.getDigest().toByteArray()));
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("an API key does not decode", e);
    }
  }

  static Bytes encode(FederatedCredential credential) {
    return Bytes.takeOver(
        FederatedCredentialRow.newBuilder()
            .setId(credential.id())
            .setServiceAccountId(credential.serviceAccountId())
            .setFederationId(credential.federationId())
            .setExternalSubjectId(credential.externalSubjectId())
            .setCreatedAt(StoredTime.of(credential.createdAt()))
            .build()
            .toByteArray());
  }

  static FederatedCredential credential(Bytes value) {
    try {
      FederatedCredentialRow row = FederatedCredentialRow.parseFrom(value.shared());
      return new FederatedCredential(
          row.getId(),
          row.getServiceAccountId(),
          row.getFederationId(),
          row.getExternalSubjectId(),
          StoredTime.instant(row.getCreatedAt()));
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("a federated credential does not decode", e);
    }
  }

  static Bytes encodeRevoked(Instant expiresAt) {
    return Bytes.takeOver(
        RevokedTokenRow.newBuilder().setExpiresAt(StoredTime.of(expiresAt)).build().toByteArray());
  }

  static Instant revokedUntil(Bytes value) {
    try {
      return StoredTime.instant(RevokedTokenRow.parseFrom(value.shared()).getExpiresAt());
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("a revoked token does not decode", e);
    }
  }
}
