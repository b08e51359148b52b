/**
 * What guards the root key of a store, and the header that a store begins with. A {@link
 * io.coffer.crypto.seal.Seal} is kept apart from the data; {@link io.coffer.crypto.seal.Opening}
 * makes a new store's header with it, or opens the one that is there.
 */
@NullMarked
package io.coffer.crypto.seal;

import org.jspecify.annotations.NullMarked;
