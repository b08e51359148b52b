/** Seals, and the headers they open. */
@NullMarked
package io.coffer.crypto.seal;

import org.jspecify.annotations.NullMarked;
