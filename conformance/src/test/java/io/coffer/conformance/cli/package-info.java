/**
 * The real {@code docker} command against Coffer's socket. What it must print is a {@link
 * io.coffer.conformance.cli.Transcript}, a text anyone can read beside a terminal.
 */
@NullMarked
package io.coffer.conformance.cli;

import org.jspecify.annotations.NullMarked;
