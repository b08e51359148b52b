package io.coffer.core.secret;

import io.coffer.Bytes;
import io.coffer.core.Keyspace;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.crypto.Keyring;
import io.coffer.engine.Committed;
import io.coffer.engine.Engine;
import io.coffer.engine.Row;
import io.coffer.engine.WriteTx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Puts the names of secrets into the index that were made before there was one. Part of every
 * start; from the second on it is one look.
 */
public final class NameIndex {
  private static final int SCAN_MAX = 10_000;

  private NameIndex() {}

  /** Answers whether there was anything to do. */
  public static CompletionStage<Boolean> complete(Engine engine, Keyring keyring) {
    boolean complete = engine.read(tx -> tx.get(Keyspace.repeatableNamesComplete()).isPresent());
    if (complete) {
      return CompletableFuture.completedStage(false);
    }
    Names names = new Names(keyring);
    return engine
        .write(tx -> {
          Folders.all(tx).stream()
              .filter(folder -> folder.names() == Folder.Names.FREE)
              .forEach(folder -> complete(tx, names, folder));
          tx.put(Keyspace.repeatableNamesComplete(), Bytes.EMPTY);
          return true;
        })
        .thenApply(Committed::value);
  }

  private static void complete(WriteTx tx, Names names, Folder folder) {
    Keyspace.Range range = Keyspace.secrets(folder.id());
    List<Row> rows;
    do {
      rows = tx.scan(range.from(), range.to(), SCAN_MAX);
      for (Row row : rows) {
        Secret secret = SecretCodec.secret(row.value());
        names.take(tx, folder, secret.name(), secret.id());
      }
      range = rows.isEmpty() ? range : range.after(rows.getLast().key());
    } while (rows.size() == SCAN_MAX);
  }
}
