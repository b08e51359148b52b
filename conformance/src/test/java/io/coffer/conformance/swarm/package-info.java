/**
 * Coffer as the secret provider of a real swarm: a daemon of its own in swarm mode, services whose
 * tasks print what they find below {@code /run/secrets}. Needs root, {@code dockerd} and a static
 * {@code busybox}; without them it is skipped aloud.
 */
@NullMarked
package io.coffer.conformance.swarm;

import org.jspecify.annotations.NullMarked;
