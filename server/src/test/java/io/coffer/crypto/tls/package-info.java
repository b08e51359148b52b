/** Certificates, as a TLS client sees them. */
@NullMarked
package io.coffer.crypto.tls;

import org.jspecify.annotations.NullMarked;
