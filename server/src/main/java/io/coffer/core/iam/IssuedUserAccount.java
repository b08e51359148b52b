package io.coffer.core.iam;

/** A new account with its first key, whose private half is nowhere else. */
public record IssuedUserAccount(UserAccount account, IssuedKey key) implements AutoCloseable {
  @Override
  public void close() {
    key.close();
  }
}
