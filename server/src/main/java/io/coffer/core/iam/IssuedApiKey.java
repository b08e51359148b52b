package io.coffer.core.iam;

import io.coffer.SecretBytes;

/** A new API key with its secret, which is nowhere else. */
public record IssuedApiKey(ApiKey key, SecretBytes secret) implements AutoCloseable {
  @Override
  public void close() {
    secret.close();
  }
}
