package io.coffer.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a write answered, and when it took place.
 *
 * @param revision of the call: its own, greater than that of every call committed before it; of a
 *     call that wrote nothing, the revision of the snapshot it read
 */
public record Committed<T extends @Nullable Object>(T value, long revision) {}
