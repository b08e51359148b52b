package io.coffer.core.iam;

import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Subject;
import io.coffer.core.access.Access;
import io.coffer.core.access.Permission;
import io.coffer.core.access.Resource;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.engine.ReadTx;
import java.util.List;
import java.util.Optional;

/**
 * Whose a key is, and where that account is. A person does with keys of his own what he likes, or
 * nobody but an administrator could ever change one; a program needs a role for that.
 */
sealed interface KeyHolder {
  record OfProgram(Folder folder, ServiceAccount account) implements KeyHolder {}

  record OfPerson(UserAccount account) implements KeyHolder {}

  /** What is done with keys. */
  enum Act {
    LIST(Permission.ACCOUNT_KEYS_LIST, Permission.USER_KEYS_GET),
    GET(Permission.ACCOUNT_KEYS_GET, Permission.USER_KEYS_GET),
    CREATE(Permission.ACCOUNT_KEYS_CREATE, Permission.USER_KEYS_UPDATE),
    UPDATE(Permission.ACCOUNT_KEYS_UPDATE, Permission.USER_KEYS_UPDATE),
    DELETE(Permission.ACCOUNT_KEYS_DELETE, Permission.USER_KEYS_UPDATE);

    private final Permission ofPrograms;
    private final Permission ofPeople;

    Act(Permission ofPrograms, Permission ofPeople) {
      this.ofPrograms = ofPrograms;
      this.ofPeople = ofPeople;
    }

    Permission ofPrograms() {
      return ofPrograms;
    }
  }

  Account account();

  static Optional<KeyHolder> find(ReadTx tx, Subject subject) {
    return Accounts.account(tx, subject)
        .map(account ->
            switch (account) {
              case ServiceAccount program ->
                  new OfProgram(Folders.require(tx, program.folderId()), program);
              case UserAccount person -> new OfPerson(person);
            });
  }

  /** The holder, if the caller may; one that does not exist is not there for whoever may look. */
  static KeyHolder require(ReadTx tx, Call call, Act act, Subject subject) {
    Optional<KeyHolder> found = find(tx, subject);
    if (found.isEmpty()) {
      throw missing(tx, call, act, subject);
    }
    KeyHolder holder = found.get();
    if (!holder.isSelf(call)) {
      Access.require(tx, call, holder.permission(act), holder.resource());
    }
    return holder;
  }

  private static RuntimeException missing(ReadTx tx, Call call, Act act, Subject subject) {
    if (subject.type() == Subject.Type.USER_ACCOUNT) {
      Access.requireInSomeCloud(tx, call, act.ofPeople, UserAccounts.RESOURCE, subject.id());
      return new Problem.NotFound("user account", subject.id()).asException();
    }
    Access.requireSomewhere(tx, call, act.ofPrograms, Accounts.RESOURCE, subject.id());
    return new Problem.NotFound("service account", subject.id()).asException();
  }

  /** Throws {@link Problem.Denied} unless the caller may do that with a key of this holder. */
  default void requireKey(ReadTx tx, Call call, Act act, String resource, String keyId) {
    if (!isSelf(call)) {
      Access.require(
          tx,
          call,
          permission(act),
          switch (this) {
            case OfProgram(var folder, var account) ->
                Resource.keyOf(resource, account.id(), keyId, folder);
            case OfPerson(var account) ->
                Resource.keyOfUser(resource, account.id(), keyId, account.organizationId());
          });
    }
  }

  private boolean isSelf(Call call) {
    return switch (this) {
      case OfProgram _ -> false;
      case OfPerson(var account) -> UserAccounts.isHimself(call.caller(), account.id());
    };
  }

  private Permission permission(Act act) {
    return switch (this) {
      case OfProgram _ -> act.ofPrograms;
      case OfPerson _ -> act.ofPeople;
    };
  }

  private Resource resource() {
    return switch (this) {
      case OfProgram(var folder, var account) -> Resource.serviceAccount(account.id(), folder);
      case OfPerson(var account) -> account.resource();
    };
  }

  /** For the audit trail. */
  default List<Event.Place> path() {
    return switch (this) {
      case OfProgram(var folder, var _) -> folder.path();
      case OfPerson(var account) -> account.path();
    };
  }

  /** The id of its folder; of a person's account that of its cloud. */
  default String placeId() {
    return switch (this) {
      case OfProgram(var folder, var _) -> folder.id();
      case OfPerson(var account) -> account.organizationId();
    };
  }
}
