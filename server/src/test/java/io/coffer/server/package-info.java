/** Whole servers, started and stopped as the command line does, and what may go wrong with that. */
@NullMarked
package io.coffer.server;

import org.jspecify.annotations.NullMarked;
