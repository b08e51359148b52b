package io.coffer.core.iam;

import io.coffer.Bytes;
import io.coffer.core.Keyspace;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import io.coffer.engine.WriteTx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** IAM tokens that were taken back. A row is kept until its token is refused for its age anyhow. */
public final class RevokedTokens {
  /** A clock that was set back must not bring a token back to life. */
  static final Duration KEPT_LONGER = Duration.ofDays(1);

  private static final int PAGE = 1_000;

  private RevokedTokens() {}

  public static boolean contains(ReadTx tx, Bytes tokenId) {
    return tx.get(Keyspace.revokedToken(tokenId)).isPresent();
  }

  public static void put(WriteTx tx, Bytes tokenId, Instant expiresAt) {
    tx.put(Keyspace.revokedToken(tokenId), AccountCodec.encodeRevoked(expiresAt));
  }

  /**
   * Forgets those that expired more than a day ago.
   *
   * @return how many
   */
  public static int cut(WriteTx tx, Instant now) {
    Keyspace.Range rest = Keyspace.revokedTokens();
    List<Row> rows;
    int cut = 0;
    do {
      rows = tx.scan(rest.from(), rest.to(), PAGE);
      for (Row row : rows) {
        if (AccountCodec.revokedUntil(row.value()).plus(KEPT_LONGER).isBefore(now)) {
          tx.delete(row.key());
          cut++;
        }
        rest = rest.after(row.key());
      }
    } while (rows.size() == PAGE);
    return cut;
  }
}
