/** {@code coffer.v1}: certificates for clients, a service of our own. */
@NullMarked
package io.coffer.api.certificate;

import org.jspecify.annotations.NullMarked;
