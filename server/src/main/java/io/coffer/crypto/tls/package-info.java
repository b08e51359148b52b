/**
 * Certificates for a store that nobody has given any: {@link
 * io.coffer.crypto.tls.CertificateAuthority} is made on first start, and clients trust it.
 */
@NullMarked
package io.coffer.crypto.tls;

import org.jspecify.annotations.NullMarked;
