/**
 * It is written down. {@link io.coffer.audit.Trail} is the witness of the verbs: what they did
 * rides in the same durable write, as a block of a {@link io.coffer.audit.Chain}; {@link
 * io.coffer.audit.Inspection} walks the chains again and {@link io.coffer.audit.AuditJson} tells
 * what they say.
 *
 * <p>Promises: no record, no answer. A block cannot be changed, moved or taken from the middle
 * without {@code coffer audit verify} naming it.
 */
@NullMarked
package io.coffer.audit;

import org.jspecify.annotations.NullMarked;
