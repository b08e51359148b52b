package io.coffer.core.iam;

import coffer.stored.AuthorizedKeyRow;
import coffer.stored.RevokedTokenRow;
import coffer.stored.ServiceAccountRow;
import com.google.protobuf.InvalidProtocolBufferException;
import io.coffer.Bytes;
import io.coffer.core.StoredTime;
import io.coffer.engine.EngineException;
import java.time.Instant;

/** Accounts and their keys, as stored. */
final class AccountCodec {
  private AccountCodec() {}

  static Bytes encode(ServiceAccount account) {
    return Bytes.takeOver(
        ServiceAccountRow.newBuilder()
            .setId(account.id())
            .setFolderId(account.folderId())
            .setName(account.name())
            .setDescription(account.description())
            .setCreatedAt(StoredTime.of(account.createdAt()))
            .build()
            .toByteArray());
  }

  static ServiceAccount account(Bytes value) {
    try {
      ServiceAccountRow row = ServiceAccountRow.parseFrom(value.shared());
      return new ServiceAccount(
          row.getId(),
          row.getFolderId(),
          row.getName(),
          row.getDescription(),
          StoredTime.instant(row.getCreatedAt()));
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("a service account does not decode", e);
    }
  }

  static Bytes encode(AuthorizedKey key) {
    return Bytes.takeOver(
        AuthorizedKeyRow.newBuilder()
            .setId(key.id())
            .setServiceAccountId(key.serviceAccountId())
            .setCreatedAt(StoredTime.of(key.createdAt()))
            .setAlgorithm(key.algorithm())
            .setPublicKey(key.publicKeyPem())
            .build()
            .toByteArray());
  }

  static AuthorizedKey key(Bytes value) {
    try {
      AuthorizedKeyRow row = AuthorizedKeyRow.parseFrom(value.shared());
      return new AuthorizedKey(
          row.getId(),
          row.getServiceAccountId(),
          StoredTime.instant(row.getCreatedAt()),
          row.getAlgorithm(),
          row.getPublicKey());
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("an authorized key does not decode", e);
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
