package io.coffer.core.secret;

import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Keyspace;
import io.coffer.core.StoredTime;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.core.operation.Operations;
import io.coffer.engine.EngineException;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import io.coffer.engine.WriteTx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds secrets and versions in their rows, and changes these together. It asks nobody's
 * permission: its callers do.
 */
final class SecretRows {
  private static final int SCAN_MAX = 10_000;

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

  /** All versions of a secret, one after the other. */
  static void eachVersion(ReadTx tx, String secretId, Consumer<Version> each) {
    Keyspace.Range range = Keyspace.versions(secretId);
    List<Row> rows;
    do {
      rows = tx.scan(range.from(), range.to(), SCAN_MAX);
      rows.forEach(row -> each.accept(SecretCodec.version(row.value())));
      range = rows.isEmpty() ? range : range.after(rows.getLast().key());
    } while (rows.size() == SCAN_MAX);
  }

  /** Writes the version with its new status, and when it is due if that is set. */
  static void put(WriteTx tx, Version before, Version after) {
    forgetDue(tx, before);
    if (after.status() instanceof VersionStatus.Scheduled(var destroyAt)) {
      tx.put(Keyspace.due(StoredTime.of(destroyAt), after.secretId(), after.id()), Bytes.EMPTY);
    }
    tx.put(Keyspace.version(after.secretId(), after.id()), SecretCodec.encode(after));
  }

  /** Deletes a secret and everything that is kept of it but its finished operations. */
  static void remove(WriteTx tx, Names names, Found found) {
    Secret secret = found.secret();
    eachVersion(
        tx,
        secret.id(),
        version -> {
          forgetDue(tx, version);
          tx.delete(Keyspace.version(secret.id(), version.id()));
          removePayload(tx, version);
        });
    names.free(tx, found.folder(), secret.name(), secret.id());
    Operations.forget(tx, secret.id());
    tx.delete(Keyspace.bindings(secret.id()));
    tx.delete(Keyspace.home(secret.id()));
    tx.delete(Keyspace.secret(found.folder().id(), secret.id()));
  }

  /** Whatever else may be left of a payload, without its key nobody can read it. */
  static void removePayload(WriteTx tx, Version version) {
    if (version.status() instanceof VersionStatus.Destroyed) {
      return; // It went with its key when that was done.
    }
    tx.delete(Keyspace.payload(version.secretId(), version.id()));
    tx.delete(Keyspace.dataKey(version.secretId(), version.id()));
    tx.put(Keyspace.unshredded(version.secretId(), version.id()), Bytes.EMPTY);
  }

  private static void forgetDue(WriteTx tx, Version version) {
    if (version.status() instanceof VersionStatus.Scheduled(var destroyAt)) {
      tx.delete(Keyspace.due(StoredTime.of(destroyAt), version.secretId(), version.id()));
    }
  }
}
