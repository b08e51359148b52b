/**
 * What an operator asks of the process itself: is it sealed, open it, seal it, change its keys.
 * Start at {@link io.coffer.api.operator.OperatorDoor}, which has the protocol; who does it is an
 * {@link io.coffer.api.operator.SealDesk}.
 *
 * <p>There are no callers here: whoever may open the socket is the operator.
 */
@NullMarked
package io.coffer.api.operator;

import org.jspecify.annotations.NullMarked;
