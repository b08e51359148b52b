package io.coffer.core.iam;

import io.coffer.Bytes;
import io.coffer.core.Keyspace;
import io.coffer.engine.Committed;
import io.coffer.engine.Engine;
import io.coffer.engine.Row;
import io.coffer.engine.WriteTx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lists authorized keys under their accounts that were made before there was such a list. Part of
 * every start; from the second on it is one look.
 */
public final class AuthorizedKeyIndex {
  private static final int SCAN_MAX = 10_000;

  private AuthorizedKeyIndex() {}

  /** Answers whether there was anything to do. */
  public static CompletionStage<Boolean> complete(Engine engine) {
    boolean complete = engine.read(tx -> tx.get(Keyspace.authorizedKeysComplete()).isPresent());
    if (complete) {
      return CompletableFuture.completedStage(false);
    }
    return engine
        .write(tx -> {
          complete(tx);
          begin(tx);
          return true;
        })
        .thenApply(Committed::value);
  }

  /** Of a store that has none yet. */
  public static void begin(WriteTx tx) {
    tx.put(Keyspace.authorizedKeysComplete(), Bytes.EMPTY);
  }

  private static void complete(WriteTx tx) {
    Keyspace.Range range = Keyspace.authorizedKeys();
    List<Row> rows;
    do {
      rows = tx.scan(range.from(), range.to(), SCAN_MAX);
      rows.forEach(row -> Accounts.put(tx, AccountCodec.key(row.value())));
      range = rows.isEmpty() ? range : range.after(rows.getLast().key());
    } while (rows.size() == SCAN_MAX);
  }
}
