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
import io.coffer.core.access.Resource;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.core.operation.Operations;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.RsaKeys;
import io.coffer.engine.Committed;
import io.coffer.engine.EngineException;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/**
 * The verbs on authorized keys. A private key is made here, given once and not kept. A key that is
 * deleted takes its logins with it, and the tokens they gave.
 */
public final class AuthorizedKeys {
  /** Of one account. */
  public static final int KEYS_MAX = 100;

  public static final int PAGE_DEFAULT = 100;

  private final Verbs verbs;
  private final Witness witness;
  private final Ids ids;
  private final PageTokens pageTokens;
  private final Executor slowWork;

  /**
   * Of a store.
   *
   * @param slowWork where keys are drawn, which takes a second or several; may throw {@link
   *     Problem.Unavailable} if there is too much of it
   */
  public AuthorizedKeys(Verbs verbs, Witness witness, Ids ids, Keyring keyring, Executor slowWork) {
    this.verbs = verbs;
    this.witness = witness;
    this.ids = ids;
    this.pageTokens = new PageTokens(keyring);
    this.slowWork = slowWork;
  }

  /** Makes a key pair; whoever is given it closes it. Nobody who may not has one drawn. */
  public CompletionStage<IssuedKey> create(Call call, CreateAuthorizedKey command) {
    String accountId = Accounts.orOwn(call, command.accountId());
    Event asked = AccountEvents.asked(Action.CREATE_ACCOUNT_KEY, accountId);
    return verbs
        .read(call, asked, tx -> requireRoom(tx, call, accountId))
        .thenCompose(_ -> CompletableFuture.supplyAsync(() -> draw(command.algorithm()), slowWork))
        .thenCompose(keys -> keep(call, asked, accountId, command, keys));
  }

  @SuppressWarnings("MustBeClosedChecker") // Closed when the transaction is over.
  private static RsaKeys draw(RsaKeys.Algorithm algorithm) {
    return RsaKeys.generate(algorithm);
  }

  private static Accounts.Found requireRoom(ReadTx tx, Call call, String accountId) {
    Accounts.Found found = Accounts.require(tx, call, Permission.ACCOUNT_KEYS_CREATE, accountId);
    if (Accounts.keys(tx, accountId, "", KEYS_MAX).size() == KEYS_MAX) {
      throw new Problem.Exhausted("iam.keys.count", KEYS_MAX).asException();
    }
    return found;
  }

  @SuppressWarnings("MustBeClosedChecker") // Whoever is given the key closes it.
  private CompletionStage<IssuedKey> keep(
      Call call, Event asked, String accountId, CreateAuthorizedKey command, RsaKeys keys) {
    AuthorizedKey key =
        new AuthorizedKey(
            ids.account(),
            accountId,
            call.at(),
            command.algorithm().name(),
            keys.publicPem(),
            command.description());
    return verbs
        .write(
            call,
            asked,
            tx -> {
              Accounts.Found found = requireRoom(tx, call, accountId);
              Accounts.put(tx, key);
              witness.saw(
                  tx,
                  call,
                  AccountEvents.ofKey(found, Action.CREATE_ACCOUNT_KEY, key.id())
                      .with(Event.word("key_algorithm", key.algorithm())));
              return key;
            })
        .thenApply(kept -> IssuedKey.of(kept.value(), keys))
        .whenComplete((_, _) -> keys.close());
  }

  public CompletionStage<AuthorizedKey> get(Call call, String keyId) {
    return verbs.read(
        call,
        AccountEvents.askedKey(Action.GET_ACCOUNT_KEY, keyId),
        tx -> require(tx, call, Permission.ACCOUNT_KEYS_GET, keyId).key());
  }

  /**
   * The keys of an account, in the order of ids.
   *
   * @param ofAccount empty for the caller's own
   * @param pageSize 0 to 1000; 0 means {@link #PAGE_DEFAULT}
   * @param pageToken empty for the first page
   */
  public CompletionStage<Page<AuthorizedKey>> list(
      Call call, String ofAccount, int pageSize, String pageToken) {
    int size = pageSize == 0 ? PAGE_DEFAULT : pageSize;
    String accountId = Accounts.orOwn(call, ofAccount);
    String list = "account-keys\0" + accountId;
    return verbs.read(
        call,
        AccountEvents.asked(Action.LIST_ACCOUNT_KEYS, accountId),
        tx -> {
          Accounts.Found _ = Accounts.require(tx, call, Permission.ACCOUNT_KEYS_LIST, accountId);
          String last = pageToken.isEmpty() ? "" : pageTokens.lastId(list, pageToken);
          List<AuthorizedKey> rest = Accounts.keys(tx, accountId, last, size + 1);
          List<AuthorizedKey> page = rest.subList(0, Math.min(size, rest.size()));
          return new Page<>(
              page, rest.size() > size ? pageTokens.after(list, page.getLast().id()) : "");
        });
  }

  /** Describes a key anew, which is all that can change of it. */
  public CompletionStage<Operation> update(Call call, String keyId, String description) {
    return change(
        call,
        Action.UPDATE_ACCOUNT_KEY,
        OperationKind.UPDATE_ACCOUNT_KEY,
        Permission.ACCOUNT_KEYS_UPDATE,
        keyId,
        (tx, key) -> {
          AuthorizedKey changed = key.described(description);
          Accounts.put(tx, changed);
          return changed;
        });
  }

  public CompletionStage<Operation> delete(Call call, String keyId) {
    return change(
        call,
        Action.DELETE_ACCOUNT_KEY,
        OperationKind.DELETE_ACCOUNT_KEY,
        Permission.ACCOUNT_KEYS_DELETE,
        keyId,
        (tx, key) -> {
          Accounts.delete(tx, key);
          return key;
        });
  }

  /** What was done to a key, the newest first; parameters as of {@link #list}. */
  public CompletionStage<Page<Operation>> listOperations(
      Call call, String keyId, int pageSize, String pageToken) {
    int size = pageSize == 0 ? PAGE_DEFAULT : pageSize;
    return verbs.read(
        call,
        AccountEvents.askedKey(Action.LIST_ACCOUNT_KEY_OPERATIONS, keyId),
        tx -> {
          Found _ = require(tx, call, Permission.ACCOUNT_KEYS_GET, keyId);
          return Operations.page(tx, pageTokens, keyId, size, pageToken);
        });
  }

  private record Found(Accounts.Found account, AuthorizedKey key) {}

  /** The key, if the caller may; one that does not exist is not there for whoever may look. */
  private static Found require(ReadTx tx, Call call, Permission permission, String keyId) {
    Optional<AuthorizedKey> key = Accounts.key(tx, keyId);
    if (key.isEmpty()) {
      Access.requireSomewhere(tx, call, permission, Accounts.KEY_RESOURCE, keyId);
      throw new Problem.NotFound("key", keyId).asException();
    }
    Accounts.Found account =
        Accounts.find(tx, key.get().serviceAccountId())
            .orElseThrow(() -> new EngineException.Corrupt("a key of no account"));
    Access.require(
        tx, call, permission, Resource.keyOf(account.account().id(), keyId, account.folder()));
    return new Found(account, key.get());
  }

  private CompletionStage<Operation> change(
      Call call,
      Action action,
      OperationKind kind,
      Permission permission,
      String keyId,
      BiFunction<WriteTx, AuthorizedKey, AuthorizedKey> body) {
    String operationId = ids.account(); // Outside the body, which may run twice.
    return verbs
        .write(
            call,
            AccountEvents.askedKey(action, keyId),
            tx -> {
              Found found = require(tx, call, permission, keyId);
              AuthorizedKey result = body.apply(tx, found.key());
              Operation operation =
                  Operation.doneOnKey(
                      operationId,
                      kind,
                      call,
                      found.account().folder().id(),
                      result.serviceAccountId(),
                      keyId,
                      AccountCodec.encode(result));
              Operations.put(tx, operation);
              witness.saw(tx, call, AccountEvents.ofKey(found.account(), action, keyId));
              if (kind == OperationKind.DELETE_ACCOUNT_KEY) {
                Operations.forget(tx, keyId);
              }
              return operation;
            })
        .thenApply(Committed::value);
  }
}
