/**
 * The nouns and the verbs. A verb is one transaction: permit, check, change, witness. Start with
 * {@link io.coffer.core.Call}, which every verb takes, and {@code core.secret.Secrets}; every key
 * that is ever written is drawn in {@link io.coffer.core.Keyspace}.
 *
 * <p>Promises: no verb answers before what it did, and who did it, is durable; none acts for a
 * caller without the permission; and a refusal is written down before it is told.
 */
@NullMarked
package io.coffer.core;

import org.jspecify.annotations.NullMarked;
