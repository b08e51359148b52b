package io.coffer.core.secret;

import io.coffer.Problem;
import io.coffer.core.Keyspace;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.engine.EngineException;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds secrets and versions in their rows. It asks nobody's permission: its callers do. */
final class SecretRows {
  private SecretRows() {}

  /** A secret, its place, and when it last changed. */
  record Found(Folder folder, Secret secret, long revision) {}

  /** By full id, whatever folder it is in. */
  static Optional<Found> find(ReadTx tx, String secretId) {
    if (secretId.isEmpty() || secretId.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return tx.get(Keyspace.home(secretId))
        .flatMap(home -> {
          String folderId = new String(home.value().shared(), StandardCharsets.UTF_8);
          return find(tx, Folders.require(tx, folderId), secretId);
        });
  }

  /** By full id, in {@code folder}. */
  static Optional<Found> find(ReadTx tx, Folder folder, String secretId) {
    return tx.get(Keyspace.secret(folder.id(), secretId)).map(row -> found(folder, row));
  }

  static Found found(Folder folder, Row row) {
    return new Found(folder, SecretCodec.secret(row.value()), row.revision());
  }

  static SecretView view(ReadTx tx, Found found) {
    return new SecretView(found.secret(), current(tx, found.secret()), found.revision());
  }

  static Optional<Version> current(ReadTx tx, Secret secret) {
    return secret
        .currentVersion()
        .map(versionId ->
            version(tx, secret.id(), versionId)
                .orElseThrow(() -> new EngineException.Corrupt("a current version is missing")));
  }

  /** Throws {@link Problem.NotFound} if the secret has no such version. */
  static Version requireVersion(ReadTx tx, String secretId, String versionId) {
    return version(tx, secretId, versionId)
        .orElseThrow(() -> new Problem.NotFound("version", versionId).asException());
  }

  static Optional<Version> version(ReadTx tx, String secretId, String versionId) {
    if (versionId.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return tx.get(Keyspace.version(secretId, versionId))
        .map(row -> SecretCodec.version(row.value()));
  }
}
