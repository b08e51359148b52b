package io.coffer.core.iam;

/** What an account proves itself with. It is nothing without its account. */
public sealed interface AccountKey permits AuthorizedKey, ApiKey {
  String id();

  String serviceAccountId();
}
