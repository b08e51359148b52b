package io.coffer.core.secret;

/** How a reader of payloads names a secret. */
public sealed interface SecretReference {
  record ById(String secretId) implements SecretReference {}

  /** By what it is called, exactly, except in a Docker folder, where case is ignored. */
  record ByName(String folderId, String name) implements SecretReference {}
}
