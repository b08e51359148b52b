/**
 * A credential becomes a caller. {@link io.coffer.auth.IamTokens} makes and believes tokens; {@link
 * io.coffer.auth.Logins} gives one for a JWT signed with an authorized key, {@link
 * io.coffer.auth.Exchanges} for a token of an issuer that a federation names.
 *
 * <p>Promises: what is not proved is {@code Unauthenticated}, in words that say which rule failed
 * and repeat nothing of the credential.
 */
@NullMarked
package io.coffer.auth;

import org.jspecify.annotations.NullMarked;
