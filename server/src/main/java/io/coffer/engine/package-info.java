/**
 * Ordered, transactional key-value storage. Start with {@link io.coffer.engine.Engine}, what {@code
 * core} uses, and {@link io.coffer.engine.Backend}, what a store implements; {@code GroupCommit}
 * makes an engine of any backend, many calls in one durable write.
 *
 * <p>What reaches a backend is sealed already: see {@code crypto.SealedEngine}.
 */
@NullMarked
package io.coffer.engine;

import org.jspecify.annotations.NullMarked;
