/**
 * Every value is sealed to the place it is kept in. Start with {@link io.coffer.crypto.Aead}; a
 * {@code Seal} guards the root key, the root key guards the {@link io.coffer.crypto.Keyring}, and
 * {@link io.coffer.crypto.SealedEngine} puts the keyring before any engine. The payload of a
 * version has a key of its own, a {@link io.coffer.crypto.DataKey}, wrapped by the keyring. Ciphers
 * come from Tink; none is written here.
 */
@NullMarked
package io.coffer.crypto;

import org.jspecify.annotations.NullMarked;
