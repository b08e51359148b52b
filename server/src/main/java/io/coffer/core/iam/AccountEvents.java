package io.coffer.core.iam;

import static io.coffer.core.Event.word;

import io.coffer.core.Action;
import io.coffer.core.Event;
import io.coffer.core.folder.Folder;

/** Audit events about accounts and what they log in with. */
final class AccountEvents {
  private AccountEvents() {}

  /** That somebody asks for it; all that is known if he is refused. */
  static Event asked(Action action, String accountId) {
    return Event.of(action, word("service_account_id", accountId));
  }

  static Event askedKey(Action action, String keyId) {
    return Event.of(action, word("key_id", keyId));
  }

  static Event of(Folder folder, Action action, ServiceAccount account) {
    return Event.in(
        folder.path(),
        action,
        word("service_account_id", account.id()),
        word("service_account_name", account.name()));
  }

  static Event ofKey(Accounts.Found found, Action action, String keyId) {
    return of(found.folder(), action, found.account()).with(word("key_id", keyId));
  }
}
