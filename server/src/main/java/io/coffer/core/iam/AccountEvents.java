package io.coffer.core.iam;

import static io.coffer.core.Event.word;

import io.coffer.core.Action;
import io.coffer.core.Event;
import io.coffer.core.Subject;
import io.coffer.core.folder.Folder;

/** Audit events about accounts and what they log in with. */
final class AccountEvents {
  private AccountEvents() {}

  /** That somebody asks for it; all that is known if he is refused. */
  static Event asked(Action action, String accountId) {
    return Event.of(action, word("service_account_id", accountId));
  }

  static Event asked(Action action, Subject account) {
    return Event.of(action, idOf(account));
  }

  static Event askedKey(Action action, String keyId) {
    return Event.of(action, word("key_id", keyId));
  }

  static Event of(Folder folder, Action action, ServiceAccount account) {
    return of(new KeyHolder.OfProgram(folder, account), action);
  }

  static Event of(KeyHolder holder, Action action) {
    Account account = holder.account();
    return Event.in(
        holder.path(),
        action,
        idOf(account.subject()),
        switch (account) {
          case ServiceAccount program -> word("service_account_name", program.name());
          case UserAccount person -> word("user_account_login", person.login());
        });
  }

  /** The id of an account under the name that it has in events. */
  private static Event.Detail idOf(Subject account) {
    return account.type() == Subject.Type.USER_ACCOUNT
        ? word("user_account_id", account.id())
        : word("service_account_id", account.id());
  }
}
