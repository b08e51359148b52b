/** Service accounts and their authorized keys. What proves a caller is {@code auth}'s business. */
@NullMarked
package io.coffer.core.iam;

import org.jspecify.annotations.NullMarked;
