package io.coffer.engine;

import io.coffer.Bytes;

/**
 * A key and its value.
 *
 * @param revision of the call that wrote it; {@link #UNCOMMITTED} if the reading transaction did
 */
public record Row(Bytes key, Bytes value, long revision) {
  public static final long UNCOMMITTED = Long.MAX_VALUE;
}
