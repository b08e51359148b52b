/**
 * The libraries that programs speak to a Docker engine with, unchanged, against Coffer. Each passes
 * {@link io.coffer.conformance.clients.SecretsClientContract}, over the Unix socket and, with a
 * token, over TLS, and has tests of its own for what only it can do.
 */
@NullMarked
package io.coffer.conformance.clients;

import org.jspecify.annotations.NullMarked;
