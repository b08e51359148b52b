/** What every change through the Lockbox door answers with: a stored, finished operation. */
@NullMarked
package io.coffer.core.operation;

import org.jspecify.annotations.NullMarked;
