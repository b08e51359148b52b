package io.coffer.core.iam;

import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Ids;
import io.coffer.core.Page;
import io.coffer.core.PageTokens;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.access.Access;
import io.coffer.core.access.Permission;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.core.operation.Operations;
import io.coffer.crypto.Keyring;
import io.coffer.engine.Committed;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * The verbs on service accounts. What is changed counts for the next call of the account: of one
 * that is deleted, suspended or expired no credential is taken.
 */
public final class ServiceAccounts {
  /** In a store, whatever clouds they are in. */
  public static final int ACCOUNTS_MAX = 1_000;

  public static final int PAGE_DEFAULT = 100;

  private final Verbs verbs;
  private final Witness witness;
  private final Ids ids;
  private final PageTokens pageTokens;
  private final String keptId;

  /**
   * Of a store.
   *
   * @param keptId of the account that the server itself acts as: it cannot be deleted, suspended or
   *     made to expire
   */
  public ServiceAccounts(Verbs verbs, Witness witness, Ids ids, Keyring keyring, String keptId) {
    this.verbs = verbs;
    this.witness = witness;
    this.ids = ids;
    this.pageTokens = new PageTokens(keyring);
    this.keptId = keptId;
  }

  /** Makes an account; its name is one that no other of the cloud has. */
  public CompletionStage<Operation> create(Call call, CreateAccount command) {
    ServiceAccount account = // Drawn outside the body, which may run twice.
        new ServiceAccount(
            ids.account(),
            command.folderId(),
            command.name(),
            command.description(),
            call.at(),
            command.labels(),
            command.expiresAt(),
            new ServiceAccount.Status.Active());
    String operationId = ids.account();
    Event asked =
        Event.of(
            Action.CREATE_SERVICE_ACCOUNT,
            Event.word("folder_id", command.folderId()),
            Event.word("service_account_name", command.name()));
    return verbs
        .write(
            call,
            asked,
            tx -> {
              Folder folder =
                  Access.requireFolder(
                      tx, call, Permission.SERVICE_ACCOUNTS_CREATE, command.folderId());
              List<ServiceAccount> all = Accounts.all(tx);
              if (all.size() >= ACCOUNTS_MAX) {
                throw new Problem.Exhausted("iam.serviceAccounts.count", ACCOUNTS_MAX)
                    .asException();
              }
              requireFreeName(tx, all, account);
              Accounts.put(tx, account);
              return record(
                  tx,
                  call,
                  new Change(Action.CREATE_SERVICE_ACCOUNT, OperationKind.CREATE_SERVICE_ACCOUNT),
                  folder,
                  account,
                  operationId);
            })
        .thenApply(Committed::value);
  }

  private static void requireFreeName(ReadTx tx, List<ServiceAccount> all, ServiceAccount wanted) {
    if (all.stream()
        .filter(other -> other.name().equals(wanted.name()) && !other.id().equals(wanted.id()))
        .anyMatch(other -> cloudOf(tx, other).equals(cloudOf(tx, wanted)))) {
      throw new Problem.AlreadyExists("service account", wanted.name()).asException();
    }
  }

  private static String cloudOf(ReadTx tx, ServiceAccount account) {
    return Folders.require(tx, account.folderId()).cloudId();
  }

  public CompletionStage<ServiceAccount> get(Call call, String accountId) {
    return verbs.read(
        call,
        AccountEvents.asked(Action.GET_SERVICE_ACCOUNT, accountId),
        tx -> Accounts.require(tx, call, Permission.SERVICE_ACCOUNTS_GET, accountId).account());
  }

  /**
   * The accounts of a folder, in the order of ids.
   *
   * @param name of the one wanted, empty for all
   * @param pageSize 0 to 1000; 0 means {@link #PAGE_DEFAULT}
   * @param pageToken empty for the first page
   */
  public CompletionStage<Page<ServiceAccount>> list(
      Call call, String folderId, Optional<String> name, int pageSize, String pageToken) {
    int size = pageSize == 0 ? PAGE_DEFAULT : pageSize;
    String list = "accounts\0" + folderId;
    Event asked = Event.of(Action.LIST_SERVICE_ACCOUNTS, Event.word("folder_id", folderId));
    return verbs.read(
        call,
        asked,
        tx -> {
          Folder _ = Access.requireFolder(tx, call, Permission.SERVICE_ACCOUNTS_LIST, folderId);
          String last = pageToken.isEmpty() ? "" : pageTokens.lastId(list, pageToken);
          List<ServiceAccount> rest =
              Accounts.all(tx).stream()
                  .filter(account -> account.folderId().equals(folderId))
                  .filter(account -> name.map(account.name()::equals).orElse(true))
                  .filter(account -> account.id().compareTo(last) > 0)
                  .limit(size + 1L)
                  .toList();
          List<ServiceAccount> page = rest.subList(0, Math.min(size, rest.size()));
          return new Page<>(
              page, rest.size() > size ? pageTokens.after(list, page.getLast().id()) : "");
        });
  }

  public CompletionStage<Operation> update(Call call, UpdateAccount command) {
    return change(
        call,
        new Change(Action.UPDATE_SERVICE_ACCOUNT, OperationKind.UPDATE_SERVICE_ACCOUNT),
        Permission.SERVICE_ACCOUNTS_UPDATE,
        command.accountId(),
        (tx, account) -> {
          ServiceAccount changed = command.of(account);
          if (changed.expiresAt().isPresent()) {
            requireNotKept(changed.id());
          }
          requireFreeName(tx, Accounts.all(tx), changed);
          Accounts.put(tx, changed);
          return changed;
        });
  }

  /** Takes the account away with its keys and what is bound on it. Its id is never used again. */
  public CompletionStage<Operation> delete(Call call, String accountId) {
    return change(
        call,
        new Change(Action.DELETE_SERVICE_ACCOUNT, OperationKind.DELETE_SERVICE_ACCOUNT),
        Permission.SERVICE_ACCOUNTS_DELETE,
        accountId,
        (tx, account) -> {
          requireNotKept(accountId);
          Accounts.delete(tx, accountId);
          return account;
        });
  }

  /**
   * Refuses its credentials, and keeps them.
   *
   * @param until when that ends by itself, if it does
   */
  public CompletionStage<Operation> suspend(
      Call call, String accountId, String reason, Optional<Instant> until) {
    Accounts.requireToCome(call, until);
    return change(
        call,
        new Change(Action.SUSPEND_SERVICE_ACCOUNT, OperationKind.SUSPEND_SERVICE_ACCOUNT),
        Permission.SERVICE_ACCOUNTS_UPDATE,
        accountId,
        (tx, account) -> {
          requireNotKept(accountId);
          ServiceAccount changed = account.with(new ServiceAccount.Status.Suspended(reason, until));
          Accounts.put(tx, changed);
          return changed;
        });
  }

  /** Ends {@link #suspend}; does nothing to one that is active. */
  public CompletionStage<Operation> reactivate(Call call, String accountId) {
    return change(
        call,
        new Change(Action.REACTIVATE_SERVICE_ACCOUNT, OperationKind.REACTIVATE_SERVICE_ACCOUNT),
        Permission.SERVICE_ACCOUNTS_UPDATE,
        accountId,
        (tx, account) -> {
          ServiceAccount changed = account.with(new ServiceAccount.Status.Active());
          Accounts.put(tx, changed);
          return changed;
        });
  }

  /** What was done to an account, the newest first; parameters as of {@link #list}. */
  public CompletionStage<Page<Operation>> listOperations(
      Call call, String accountId, int pageSize, String pageToken) {
    int size = pageSize == 0 ? PAGE_DEFAULT : pageSize;
    return verbs.read(
        call,
        AccountEvents.asked(Action.LIST_SERVICE_ACCOUNT_OPERATIONS, accountId),
        tx -> {
          Accounts.Found _ = Accounts.require(tx, call, Permission.SERVICE_ACCOUNTS_GET, accountId);
          return Operations.page(tx, pageTokens, accountId, size, pageToken);
        });
  }

  /**
   * Lets the caller have a token for the account: whoever is told of the account may give it. On
   * record by the time he is.
   */
  public CompletionStage<ServiceAccount> lend(Call call, String accountId) {
    return verbs
        .write(
            call,
            AccountEvents.asked(Action.CREATE_TOKEN_FOR_ACCOUNT, accountId),
            tx -> {
              Accounts.Found found =
                  Accounts.require(tx, call, Permission.ACCOUNT_TOKENS_CREATE, accountId);
              if (!found.account().standsAt(call.at())) {
                throw new Problem.Unmet("it is suspended or has expired", accountId).asException();
              }
              witness.saw(
                  tx,
                  call,
                  AccountEvents.of(
                      found.folder(), Action.CREATE_TOKEN_FOR_ACCOUNT, found.account()));
              return found.account();
            })
        .thenApply(Committed::value);
  }

  private void requireNotKept(String accountId) {
    if (accountId.equals(keptId)) {
      throw new Problem.Unmet("the server itself acts as it", accountId).asException();
    }
  }

  /** What a change is called in the trail, and the operation it leaves. */
  private record Change(Action action, OperationKind kind) {}

  private CompletionStage<Operation> change(
      Call call,
      Change named,
      Permission permission,
      String accountId,
      BiFunction<WriteTx, ServiceAccount, ServiceAccount> body) {
    String operationId = ids.account(); // Outside the body, which may run twice.
    return verbs
        .write(
            call,
            AccountEvents.asked(named.action(), accountId),
            tx -> {
              Accounts.Found found = Accounts.require(tx, call, permission, accountId);
              ServiceAccount result = body.apply(tx, found.account());
              Operation operation = record(tx, call, named, found.folder(), result, operationId);
              if (named.kind() == OperationKind.DELETE_SERVICE_ACCOUNT) {
                Operations.forget(tx, accountId);
              }
              return operation;
            })
        .thenApply(Committed::value);
  }

  private Operation record(
      WriteTx tx,
      Call call,
      Change named,
      Folder folder,
      ServiceAccount account,
      String operationId) {
    Operation operation =
        Operation.done(
            operationId,
            named.kind(),
            call,
            folder.id(),
            account.id(),
            "",
            AccountCodec.encode(account));
    Operations.put(tx, operation);
    witness.saw(tx, call, AccountEvents.of(folder, named.action(), account));
    return operation;
  }
}
