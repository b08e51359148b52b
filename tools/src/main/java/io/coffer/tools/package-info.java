/**
 * The command line. {@link io.coffer.tools.Coffer} is what {@code ./coffer} starts; each subcommand
 * is a class of its own.
 */
@NullMarked
package io.coffer.tools;

import org.jspecify.annotations.NullMarked;
