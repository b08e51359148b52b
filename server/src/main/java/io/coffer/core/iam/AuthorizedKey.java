package io.coffer.core.iam;

import java.time.Instant;

/**
 * The public half of a key pair with which an account signs its logins.
 *
 * @param algorithm {@code RSA_2048} or {@code RSA_4096}
 * @param publicKeyPem SubjectPublicKeyInfo in PEM
 */
public record AuthorizedKey(
    String id, String serviceAccountId, Instant createdAt, String algorithm, String publicKeyPem) {}
