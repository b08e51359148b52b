/** Logins of a whole server. */
@NullMarked
package io.coffer.api.iam;

import org.jspecify.annotations.NullMarked;
