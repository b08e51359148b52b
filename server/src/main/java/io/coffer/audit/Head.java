package io.coffer.audit;

import io.coffer.Bytes;

/**
 * The last block of a chain.
 *
 * @param chain 1 or more; 0 before there is any
 */
record Head(long chain, long sequence, Bytes digest) {
  static final Head NONE = new Head(0, 0, Bytes.EMPTY);
}
