package io.coffer.core.iam;

import io.coffer.crypto.RsaKeys;

/**
 * Makes a key pair for an account.
 *
 * @param accountId empty for the caller's own
 */
public record CreateAuthorizedKey(
    String accountId, String description, RsaKeys.Algorithm algorithm) {}
