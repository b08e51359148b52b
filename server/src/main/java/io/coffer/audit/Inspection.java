package io.coffer.audit;

import coffer.stored.AuditBlock;
import coffer.stored.AuditRecord;
import io.coffer.Bytes;
import io.coffer.core.Keyspace;
import io.coffer.crypto.Digest;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.TamperedException;
import io.coffer.engine.EngineException;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Walks the whole trail and stops at the first block that does not fit. */
public final class Inspection {
  private static final int PAGE = 100;
  private static final String UNOPENED = "does not open";

  private final Keyring keyring;
  private final Consumer<AuditRecord> reader;
  private final Map<Long, Head> heads = new HashMap<>();

  private Head head = Head.NONE;
  private long blocks;
  private long records;
  private long sinceCheckpoint;

  private Inspection(Keyring keyring, Consumer<AuditRecord> reader) {
    this.keyring = keyring;
    this.reader = reader;
  }

  /** What a walk found. */
  public sealed interface Finding {
    /**
     * Walks all chains.
     *
     * @param sinceCheckpoint records after the last signed block
     */
    record Sound(int chains, long blocks, long records, long sinceCheckpoint) implements Finding {}

    /** The first block that does not fit, and why. */
    record Broken(long chain, long sequence, String reason) implements Finding {}
  }

  /**
   * Walks all chains.
   *
   * @param reader is given every record of every block that fits, in order
   */
  public static Finding walk(ReadTx tx, Keyring keyring, Consumer<AuditRecord> reader) {
    return new Inspection(keyring, reader).walk(tx);
  }

  private Finding walk(ReadTx tx) {
    Keyspace.Range rest = Keyspace.auditTrail();
    try {
      List<Row> rows = tx.scan(rest.from(), rest.to(), PAGE);
      while (!rows.isEmpty()) {
        for (Row row : rows) {
          check(row);
        }
        rest = rest.after(rows.getLast().key());
        rows = tx.scan(rest.from(), rest.to(), PAGE);
      }
    } catch (Misfit misfit) {
      return misfit.finding;
    } catch (TamperedException _) { // It says no more than that a row did not open.
      return unopened(tx);
    }
    return new Finding.Sound(heads.size(), blocks, records, sinceCheckpoint);
  }

  /** The next block of this chain, whatever is in it; if there is none, the first of the next. */
  private Finding unopened(ReadTx tx) {
    return isThere(tx, Keyspace.auditBlock(head.chain(), head.sequence() + 1))
        ? new Finding.Broken(head.chain(), head.sequence() + 1, UNOPENED)
        : new Finding.Broken(head.chain() + 1, 1, UNOPENED);
  }

  private static boolean isThere(ReadTx tx, Bytes key) {
    try {
      return tx.get(key).isPresent();
    } catch (TamperedException _) { // So it is.
      return true;
    }
  }

  private void check(Row row) throws Misfit {
    AuditBlock block = decode(row);
    if (!row.key().equals(Keyspace.auditBlock(block.getChain(), block.getSequence()))) {
      throw new Misfit(row, "is not the block of its place");
    }
    if (block.getChain() != head.chain()) {
      begin(block);
    } else if (block.getSequence() != head.sequence() + 1) {
      throw new Misfit(block, "does not follow block " + head.sequence());
    }
    if (!BlockCodec.previous(block).equals(head.digest())) {
      throw new Misfit(block, "names another block as the one before");
    }
    sinceCheckpoint += block.getRecordsCount();
    Bytes signature = BlockCodec.signature(block);
    if (!signature.isEmpty()) {
      if (!keyring.verify(Digest.sha256(BlockCodec.unsigned(row.value())), signature)) {
        throw new Misfit(block, "has a signature that is not ours");
      }
      sinceCheckpoint = 0;
    }
    head = new Head(block.getChain(), block.getSequence(), Digest.sha256(row.value()));
    heads.put(head.chain(), head);
    blocks++;
    records += block.getRecordsCount();
    block.getRecordsList().forEach(reader);
  }

  private static AuditBlock decode(Row row) throws Misfit {
    try {
      return BlockCodec.decode(row.value());
    } catch (EngineException.Corrupt _) { // As above: a finding, not trouble.
      throw new Misfit(row, UNOPENED);
    }
  }

  private void begin(AuditBlock block) throws Misfit {
    if (block.getSequence() != 1) {
      throw new Misfit(block, "is not the first of its chain");
    }
    Head follows = heads.getOrDefault(block.getFollowsChain(), Head.NONE);
    if (follows.chain() != block.getFollowsChain()
        || follows.sequence() != block.getFollowsSequence()) {
      throw new Misfit(
          block,
          "follows block "
              + block.getFollowsSequence()
              + " of chain "
              + block.getFollowsChain()
              + ", which is not its last");
    }
    head = follows;
  }

  private static final class Misfit extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    Misfit(AuditBlock block, String reason) {
      this(block.getChain(), block.getSequence(), reason);
    }

    /** Of a block that does not say where it belongs, or lies. */
    Misfit(Row row, String reason) {
      this(Keyspace.chainOf(row.key()), Keyspace.sequenceOf(row.key()), reason);
    }

    private Misfit(long chain, long sequence, String reason) {
      super(reason, null, false, false);
      this.finding = new Finding.Broken(chain, sequence, reason);
    }
  }
}
