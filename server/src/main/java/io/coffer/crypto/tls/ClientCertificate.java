package io.coffer.crypto.tls;

import java.time.Instant;

/**
 * What a client shows; its key never left it.
 *
 * @param pem {@code BEGIN CERTIFICATE}
 * @param serial in hex
 */
public record ClientCertificate(String pem, SubjectName subject, String serial, Instant notAfter) {}
