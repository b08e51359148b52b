/**
 * Coffer asks a secret-provider plugin, as an engine does: Docker's plugin protocol, version 1, its
 * part for secrets. Start with {@link io.coffer.api.docker.plugin.Plugins}.
 *
 * <p>Promises: only what could not be connected is tried again, never an answer; no call takes
 * longer than {@link io.coffer.api.docker.plugin.Patience} says, and no thread waits for it; and
 * nothing that a plugin says goes anywhere but into the value, not even into an error.
 */
@NullMarked
package io.coffer.api.docker.plugin;

import org.jspecify.annotations.NullMarked;
