package io.coffer.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where keys of OIDC issuers may come from, beside servers whose certificates the system trusts.
 *
 * @param keys the directory that files are read below; without it none are
 * @param authorities whose certificates count as well
 */
public record IssuerSettings(Optional<Path> keys, Optional<ClientAuthorities> authorities) {
  /** Throws {@link IllegalArgumentException} with the rule that is broken. */
  static Path directory(String text) {
    Path directory = Path.of(text).toAbsolutePath().normalize();
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException("must be a directory that is there");
    }
    return directory;
  }
}
