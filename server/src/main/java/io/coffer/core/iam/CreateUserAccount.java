package io.coffer.core.iam;

import io.coffer.crypto.RsaKeys;

/**
 * Makes an account for a person, with a key to log in with.
 *
 * @param email empty if there is none
 */
public record CreateUserAccount(
    String organizationId, String login, String email, RsaKeys.Algorithm algorithm) {}
