package io.coffer.audit;

import io.coffer.Bytes;
import io.coffer.core.Keyspace;
import io.coffer.crypto.Digest;
import io.coffer.crypto.Keyring;
import io.coffer.engine.BatchTail;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * Turns the notes of each batch into one block: its records, the digest of the block before, a
 * sequence number. One chain for each start of a node; its first block names the head it follows.
 * Every {@link #CHECKPOINT_EVERY} or {@link #CHECKPOINT_RECORDS} records a block is a checkpoint:
 * it is signed, and with it all before it.
 *
 * <p>Used by the committer only, one batch at a time.
 */
public final class Chain implements BatchTail {
  static final Duration CHECKPOINT_EVERY = Duration.ofMinutes(1);
  static final int CHECKPOINT_RECORDS = 10_000;

  private final long number;
  private final Head follows;
  private final Keyring keyring;
  private final InstantSource clock;
  private final Consumer<Head> checkpoints;

  private volatile Head head;
  private Head closing;
  private Instant signedAt = Instant.MIN;
  private long unsigned;

  Chain(Head follows, Keyring keyring, InstantSource clock, Consumer<Head> checkpoints) {
    this.number = follows.chain() + 1;
    this.follows = follows;
    this.keyring = keyring;
    this.clock = clock;
    this.checkpoints = checkpoints;
    this.head = new Head(number, 0, follows.digest());
    this.closing = head;
  }

  @Override
  public List<Put> close(List<Bytes> notes) {
    long sequence = head.sequence() + 1;
    Bytes block =
        BlockCodec.encode(
            number, sequence, head.digest(), sequence == 1 ? follows : Head.NONE, notes);
    Instant now = clock.instant();
    unsigned += notes.size();
    if (unsigned >= CHECKPOINT_RECORDS
        || signedAt.equals(Instant.MIN)
        || now.isAfter(signedAt.plus(CHECKPOINT_EVERY))
        || now.isBefore(signedAt)) { // The clock jumped back: sign rather than wait for it.
      block = BlockCodec.signed(block, keyring.sign(Digest.sha256(block)));
      signedAt = now;
      unsigned = 0;
    }
    closing = new Head(number, sequence, Digest.sha256(block));
    return List.of(new Put(Keyspace.auditBlock(number, sequence), block));
  }

  /** The last block that is durable. */
  public Head head() {
    return head;
  }

  @Override
  public void settle(boolean committed) {
    if (committed) {
      head = closing;
      if (unsigned == 0) {
        checkpoints.accept(head);
      }
    } else {
      signedAt = Instant.MIN; // What was signed is not there: sign the next one.
    }
  }
}
