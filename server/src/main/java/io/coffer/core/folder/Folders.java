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
  /** There are few; a store with more lists the first ones only where all are asked for. */
  private static final int SCAN_MAX = 10_000;

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

  public static List<Folder> all(ReadTx tx) {
    Keyspace.Range range = Keyspace.folders();
    return tx.scan(range.from(), range.to(), SCAN_MAX).stream()
        .map(row -> FolderCodec.folder(row.value()))
        .toList();
  }

  /** Makes the cloud or replaces it; part of the first start. */
  public static void put(WriteTx tx, Cloud cloud) {
    tx.put(Keyspace.cloud(cloud.id()), FolderCodec.encode(cloud));
  }

  /** Makes the folder or replaces it; part of the first start. */
  public static void put(WriteTx tx, Folder folder) {
    tx.put(Keyspace.folder(folder.id()), FolderCodec.encode(folder));
  }
}
