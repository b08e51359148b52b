package io.coffer.audit;

import io.coffer.Bytes;

/**
 * The last block of a chain.
 *
 * @param chain 1 or more; 0 before there is any
 * @param sequence 1 or more; 0 before there is any
 * @param digest of the block, SHA-256; empty before there is any
 */
public record Head(long chain, long sequence, Bytes digest) {
  public static final Head NONE = new Head(0, 0, Bytes.EMPTY);

  /** What people are told of it. */
  public String inWords() {
    return "block %d of chain %d".formatted(sequence, chain);
  }
}
