/**
 * Every value is sealed to the place it is kept in. Start with {@link io.coffer.crypto.Aead}; a
 * {@code Seal} guards the root key, the root key guards the {@code Keyring}, and {@code
 * SealedEngine} puts the keyring before any engine. Ciphers come from Tink; none is written here.
 */
@NullMarked
package io.coffer.crypto;

import org.jspecify.annotations.NullMarked;
