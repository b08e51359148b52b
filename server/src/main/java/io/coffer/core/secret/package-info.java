/**
 * Secrets, their versions and payloads. Start with {@link io.coffer.core.secret.Secrets}, the
 * verbs.
 */
@NullMarked
package io.coffer.core.secret;

import org.jspecify.annotations.NullMarked;
