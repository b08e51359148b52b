package io.coffer.engine;

import io.coffer.Bytes;

/**
 * A row without its value.
 *
 * @param revision as of {@link Row#revision}
 */
public record Stamp(Bytes key, long revision) {}
