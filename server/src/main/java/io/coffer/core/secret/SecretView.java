package io.coffer.core.secret;

import java.util.Optional;

/**
 * A secret as its reader sees it.
 *
 * @param current the version {@code secret.currentVersion} names
 * @param revision of the last change: Docker's {@code Version.Index}
 */
public record SecretView(Secret secret, Optional<Version> current, long revision) {}
