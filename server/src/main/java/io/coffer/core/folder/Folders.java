package io.coffer.core.folder;

import io.coffer.Problem;
import io.coffer.core.Keyspace;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import io.coffer.engine.WriteTx;
import java.util.List;
import java.util.Optional;

/** Where clouds and folders are looked up. It asks nobody's permission: its callers do. */
public final class Folders {
  /** Of a store. */
  public static final int CLOUDS_MAX = 10;

  /** Of one cloud. All of a store are one scan of the engine, which gives no more. */
  public static final int FOLDERS_MAX = 1_000;

  private static final int SCAN_MAX = CLOUDS_MAX * FOLDERS_MAX;

  private Folders() {}

  public static Optional<Cloud> cloud(ReadTx tx, String cloudId) {
    if (cloudId.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return tx.get(Keyspace.cloud(cloudId)).map(row -> FolderCodec.cloud(row.value()));
  }

  public static Cloud requireCloud(ReadTx tx, String cloudId) {
    return cloud(tx, cloudId)
        .orElseThrow(() -> new Problem.NotFound("cloud", cloudId).asException());
  }

  public static List<Cloud> clouds(ReadTx tx) {
    Keyspace.Range range = Keyspace.clouds();
    return tx.scan(range.from(), range.to(), SCAN_MAX).stream()
        .map(row -> FolderCodec.cloud(row.value()))
        .toList();
  }

  public static Optional<Folder> find(ReadTx tx, String folderId) {
    if (folderId.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    Optional<Row> row = tx.get(Keyspace.folder(folderId));
    return row.map(found -> FolderCodec.folder(found.value()));
  }

  public static Folder require(ReadTx tx, String folderId) {
    return find(tx, folderId)
        .orElseThrow(() -> new Problem.NotFound("folder", folderId).asException());
  }

  /** As {@link #find}, also of one that was deleted: what was done in it can be asked for. */
  public static Optional<Folder> findEver(ReadTx tx, String folderId) {
    return find(tx, folderId)
        .or(() ->
            folderId.indexOf('\0') >= 0
                ? Optional.empty()
                : tx.get(Keyspace.goneFolder(folderId))
                    .map(row -> FolderCodec.folder(row.value())));
  }

  /** The ids of all folders; no row is opened. */
  public static List<String> ids(ReadTx tx) {
    Keyspace.Range range = Keyspace.folders();
    return tx.stamps(range.from(), range.to(), SCAN_MAX).stream()
        .map(row -> Keyspace.lastPart(row.key()))
        .toList();
  }

  public static List<Folder> all(ReadTx tx) {
    Keyspace.Range range = Keyspace.folders();
    return tx.scan(range.from(), range.to(), SCAN_MAX).stream()
        .map(row -> FolderCodec.folder(row.value()))
        .toList();
  }

  /** Makes the cloud or replaces it. */
  public static void put(WriteTx tx, Cloud cloud) {
    tx.put(Keyspace.cloud(cloud.id()), FolderCodec.encode(cloud));
  }

  /** Makes the folder or replaces it. */
  public static void put(WriteTx tx, Folder folder) {
    tx.put(Keyspace.folder(folder.id()), FolderCodec.encode(folder));
  }

  /** Takes the cloud away with what is bound on it. */
  public static void delete(WriteTx tx, Cloud cloud) {
    tx.delete(Keyspace.cloud(cloud.id()));
    tx.delete(Keyspace.bindings(cloud.id()));
  }

  /** Takes the folder away with what is bound on it; where it was stays known. */
  public static void delete(WriteTx tx, Folder folder) {
    tx.delete(Keyspace.folder(folder.id()));
    tx.delete(Keyspace.bindings(folder.id()));
    tx.put(Keyspace.goneFolder(folder.id()), FolderCodec.encode(folder));
  }
}
