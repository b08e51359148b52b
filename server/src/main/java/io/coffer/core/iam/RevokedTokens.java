package io.coffer.core.iam;

import io.coffer.Bytes;
import io.coffer.core.Keyspace;
import io.coffer.core.Sweep;
import io.coffer.engine.Engine;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.time.Duration;
import java.time.Instant;

/** IAM tokens that were taken back. A row is kept until its token is refused for its age anyhow. */
public final class RevokedTokens {
  /** A clock that was set back must not bring a token back to life. */
  static final Duration KEPT_LONGER = Duration.ofDays(1);

  private RevokedTokens() {}

  public static boolean contains(ReadTx tx, Bytes tokenId) {
    return tx.get(Keyspace.revokedToken(tokenId)).isPresent();
  }

  public static void put(WriteTx tx, Bytes tokenId, Instant expiresAt) {
    tx.put(Keyspace.revokedToken(tokenId), AccountCodec.encodeRevoked(expiresAt));
  }

  /** Forgets those that expired more than a day ago; returns how many there were. */
  public static int sweep(Engine engine, Instant now) {
    return Sweep.run(
        engine,
        Keyspace.revokedTokens(),
        row -> AccountCodec.revokedUntil(row.value()).plus(KEPT_LONGER).isBefore(now),
        (tx, row) -> tx.delete(row.key()));
  }
}
