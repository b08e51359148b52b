package io.coffer.core.iam;

import io.coffer.core.Subject;

/** What an account proves itself with. It is nothing without its account. */
public sealed interface AccountKey permits AuthorizedKey, ApiKey, FederatedCredential {
  String id();

  /** Whose it is. */
  Subject account();
}
