package io.coffer.audit;

import coffer.stored.AuditBlock;
import io.coffer.core.Keyspace;
import io.coffer.crypto.Digest;
import io.coffer.crypto.Keyring;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Begins the chain of this start, after the newest one that is there. */
public final class Chains {
  private Chains() {}

  /**
   * The chain that follows the newest one.
   *
   * @param tx a view of the store before this start writes to it
   * @param checkpoints is told of each that is durable, by the committer, which waits for it
   */
  public static Chain next(
      ReadTx tx, Keyring keyring, InstantSource clock, Consumer<Head> checkpoints) {
    return new Chain(newest(tx), keyring, clock, checkpoints);
  }

  /** Whether the trail has the block that was once its last. */
  public static boolean holds(ReadTx tx, Head head) {
    return tx.get(Keyspace.auditBlock(head.chain(), head.sequence()))
        .map(row -> Digest.sha256(row.value()).equals(head.digest()))
        .orElse(false);
  }

  /** Where the trail ends; {@link Head#NONE} if there is none. */
  public static Head newest(ReadTx tx) {
    Keyspace.Range rest = Keyspace.auditTrail();
    Optional<AuditBlock> first = Optional.empty();
    List<Row> rows = tx.scan(rest.from(), rest.to(), 1);
    while (!rows.isEmpty()) {
      AuditBlock block = BlockCodec.decode(rows.getFirst().value());
      first = Optional.of(block);
      rest = new Keyspace.Range(Keyspace.auditChain(block.getChain()).to(), rest.to());
      rows = tx.scan(rest.from(), rest.to(), 1);
    }
    return first.map(block -> last(tx, block)).orElse(Head.NONE);
  }

  /** Sequences have no gaps: the last one is found by doubling a step, then halving it. */
  private static Head last(ReadTx tx, AuditBlock first) {
    long chain = first.getChain();
    long known = first.getSequence();
    long step = 1;
    while (tx.get(Keyspace.auditBlock(chain, known + step)).isPresent()) {
      known += step;
      step *= 2;
    }
    while (step > 0) {
      if (tx.get(Keyspace.auditBlock(chain, known + step)).isPresent()) {
        known += step;
      }
      step /= 2;
    }
    Row row = tx.get(Keyspace.auditBlock(chain, known)).orElseThrow();
    return new Head(chain, known, Digest.sha256(row.value()));
  }
}
