package io.coffer.core.kms;

/**
 * A key as its reader sees it.
 *
 * @param primary the version that {@code key.primaryVersion} names
 */
public record KeyView(SymmetricKey key, KeyVersion primary) {}
