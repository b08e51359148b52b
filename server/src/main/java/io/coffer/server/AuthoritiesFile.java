package io.coffer.server;

import java.nio.file.Path;

/** Where it stands whose client certificates count; it may be replaced while the server runs. */
record AuthoritiesFile(Path file) {
  /** Throws {@link IllegalArgumentException} with the rule that is broken. */
  static AuthoritiesFile parse(String text) {
    AuthoritiesFile file = new AuthoritiesFile(Path.of(text).toAbsolutePath());
    file.read();
    return file;
  }

  ClientAuthorities read() {
    return ClientAuthorities.read(file.toString());
  }
}
