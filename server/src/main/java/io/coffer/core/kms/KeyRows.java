package io.coffer.core.kms;

import com.google.errorprone.annotations.MustBeClosed;
import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Keyspace;
import io.coffer.core.access.Access;
import io.coffer.core.access.Permission;
import io.coffer.core.access.Resource;
import io.coffer.core.due.Due;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.crypto.TenantKey;
import io.coffer.crypto.TenantKeys;
import io.coffer.engine.EngineException;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import io.coffer.engine.WriteTx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Finds keys and versions in their rows, and keeps what is due of them in step with them. */
final class KeyRows {
  /** Of one key, destroyed ones included. */
  static final int VERSIONS_SCAN_MAX = 10_000;

  private KeyRows() {}

  /** A key and where it is. */
  record Found(Folder folder, SymmetricKey key) {}

  /** The key, if the caller may; one that does not exist is not there for those who may look. */
  static Found require(ReadTx tx, Call call, Permission permission, String keyId) {
    Optional<Found> found = find(tx, keyId);
    if (found.isEmpty()) {
      Access.requireSomewhere(tx, call, permission, "kms.symmetricKey", keyId);
      throw new Problem.NotFound("symmetric key", keyId).asException();
    }
    Access.require(tx, call, permission, Resource.symmetricKey(keyId, found.get().folder()));
    return found.get();
  }

  static Optional<Found> find(ReadTx tx, String keyId) {
    if (keyId.isEmpty() || keyId.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return tx.get(Keyspace.keyHome(keyId))
        .map(home -> new String(home.value().shared(), StandardCharsets.UTF_8))
        .flatMap(folderId ->
            tx.get(Keyspace.symmetricKey(folderId, keyId))
                .map(row -> new Found(Folders.require(tx, folderId), KeyCodec.key(row.value()))));
  }

  static KeyView view(ReadTx tx, SymmetricKey key) {
    return new KeyView(
        key,
        version(tx, key.id(), key.primaryVersion())
            .orElseThrow(() -> new EngineException.Corrupt("a primary version is missing")));
  }

  static Optional<KeyVersion> version(ReadTx tx, String keyId, String versionId) {
    if (versionId.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return tx.get(Keyspace.keyVersion(keyId, versionId)).map(row -> KeyCodec.version(row.value()));
  }

  /** Throws {@link Problem.NotFound} if the key has no such version. */
  static KeyVersion requireVersion(ReadTx tx, String keyId, String versionId) {
    return version(tx, keyId, versionId)
        .orElseThrow(() -> new Problem.NotFound("key version", versionId).asException());
  }

  static List<KeyVersion> versions(ReadTx tx, String keyId) {
    Keyspace.Range range = Keyspace.keyVersions(keyId);
    return tx.scan(range.from(), range.to(), VERSIONS_SCAN_MAX).stream()
        .map(row -> KeyCodec.version(row.value()))
        .toList();
  }

  /** The wrapped material of a version that is not destroyed. */
  private static Bytes material(ReadTx tx, KeyVersion version) {
    Optional<Row> row = tx.get(Keyspace.dataKey(version.keyId(), version.id()));
    return row.orElseThrow(() -> new EngineException.Corrupt("the material of a key is missing"))
        .value();
  }

  /** The material of a version that is not destroyed, opened. */
  @MustBeClosed
  static TenantKey open(ReadTx tx, TenantKeys tenantKeys, KeyVersion version) {
    return tenantKeys.unwrap(
        material(tx, version), Keyspace.dataKey(version.keyId(), version.id()));
  }

  static void add(WriteTx tx, SymmetricKey key) {
    tx.put(Keyspace.keyHome(key.id()), Bytes.utf8(key.folderId()));
    tx.put(Keyspace.symmetricKey(key.folderId(), key.id()), KeyCodec.encode(key));
    key.rotation().ifPresent(due -> due.put(tx));
  }

  static void replace(WriteTx tx, SymmetricKey before, SymmetricKey after) {
    tx.put(Keyspace.symmetricKey(after.folderId(), after.id()), KeyCodec.encode(after));
    move(tx, before.rotation(), after.rotation());
  }

  /** Takes the key out of every list; its versions stay until they are destroyed. */
  static void delete(WriteTx tx, SymmetricKey key) {
    key.rotation().ifPresent(due -> due.remove(tx));
    tx.delete(Keyspace.symmetricKey(key.folderId(), key.id()));
    tx.delete(Keyspace.keyHome(key.id()));
    tx.delete(Keyspace.bindings(key.id()));
    tx.put(Keyspace.deletedKey(key.id()), KeyCodec.encode(key));
  }

  /** Makes a version with its wrapped material. */
  static void add(WriteTx tx, KeyVersion version, Bytes material) {
    tx.put(Keyspace.keyVersion(version.keyId(), version.id()), KeyCodec.encode(version));
    tx.put(Keyspace.dataKey(version.keyId(), version.id()), material);
  }

  static void replace(WriteTx tx, KeyVersion before, KeyVersion after) {
    tx.put(Keyspace.keyVersion(after.keyId(), after.id()), KeyCodec.encode(after));
    move(tx, before.destruction(), after.destruction());
    if (after.isDestroyed()) {
      tx.delete(Keyspace.dataKey(after.keyId(), after.id()));
      tx.put(Keyspace.unshredded(after.keyId(), after.id()), Bytes.EMPTY);
    }
  }

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // Either may not be there.
  private static void move(WriteTx tx, Optional<Due> before, Optional<Due> after) {
    if (!before.equals(after)) {
      before.ifPresent(due -> due.remove(tx));
      after.ifPresent(due -> due.put(tx));
    }
  }
}
