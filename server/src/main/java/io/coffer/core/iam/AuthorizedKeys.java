package io.coffer.core.iam;

import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Ids;
import io.coffer.core.Page;
import io.coffer.core.Subject;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.RsaKeys;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The verbs on authorized keys. A private key is made here, given once and not kept. A key that is
 * deleted takes its logins with it, and the tokens they gave.
 */
public final class AuthorizedKeys {
  /** Of one account. */
  public static final int KEYS_MAX = KeyVerbs.KEYS_MAX;

  private final Verbs verbs;
  private final Ids ids;
  private final KeyVerbs<AuthorizedKey> keys;
  private final Executor slowWork;

  /**
   * Of a store.
   *
   * @param slowWork where keys are drawn, which takes a second or several; may throw {@link
   *     Problem.Unavailable} if there is too much of it
   */
  public AuthorizedKeys(Verbs verbs, Witness witness, Ids ids, Keyring keyring, Executor slowWork) {
    this.verbs = verbs;
    this.ids = ids;
    this.keys = new KeyVerbs<>(verbs, witness, ids, keyring, new Rows());
    this.slowWork = slowWork;
  }

  /** Makes a key pair; whoever is given it closes it. Nobody who may not has one drawn. */
  public CompletionStage<IssuedKey> create(Call call, CreateAuthorizedKey command) {
    return createFor(call, Accounts.orSelf(call, command.accountId()), command);
  }

  /** As {@link #create}, for an account of whatever type. */
  CompletionStage<IssuedKey> createFor(Call call, Subject account, CreateAuthorizedKey command) {
    Event asked = AccountEvents.asked(Action.CREATE_ACCOUNT_KEY, account);
    return verbs
        .read(call, asked, tx -> keys.requireRoom(tx, call, account))
        .thenCompose(_ -> drawn(command.algorithm()))
        .thenCompose(drawn -> keep(call, account, command, drawn));
  }

  /** A key pair, when there was time to draw one; whoever is given it closes it. */
  CompletionStage<RsaKeys> drawn(RsaKeys.Algorithm algorithm) {
    return CompletableFuture.supplyAsync(() -> draw(algorithm), slowWork);
  }

  @SuppressWarnings("MustBeClosedChecker") // Closed when the transaction is over.
  private static RsaKeys draw(RsaKeys.Algorithm algorithm) {
    return RsaKeys.generate(algorithm);
  }

  @SuppressWarnings("MustBeClosedChecker") // Whoever is given the key closes it.
  private CompletionStage<IssuedKey> keep(
      Call call, Subject account, CreateAuthorizedKey command, RsaKeys drawn) {
    AuthorizedKey key =
        new AuthorizedKey(
            ids.account(),
            account,
            call.at(),
            command.algorithm().name(),
            drawn.publicPem(),
            command.description());
    return keys.create(
            call,
            Action.CREATE_ACCOUNT_KEY,
            key,
            Event.word("key_algorithm", command.algorithm().name()))
        .thenApply(kept -> IssuedKey.of(kept, drawn))
        .whenComplete((_, _) -> drawn.close());
  }

  public CompletionStage<AuthorizedKey> get(Call call, String keyId) {
    return keys.get(call, Action.GET_ACCOUNT_KEY, keyId);
  }

  /**
   * The keys of an account, in the order of ids.
   *
   * @param ofAccount empty for the caller's own
   * @param pageSize 0 to 1000; 0 means 100
   * @param pageToken empty for the first page
   */
  public CompletionStage<Page<AuthorizedKey>> list(
      Call call, String ofAccount, int pageSize, String pageToken) {
    return listOf(call, Accounts.orSelf(call, ofAccount), pageSize, pageToken);
  }

  CompletionStage<Page<AuthorizedKey>> listOf(
      Call call, Subject account, int pageSize, String pageToken) {
    return keys.list(call, Action.LIST_ACCOUNT_KEYS, account, pageSize, pageToken);
  }

  /** Describes a key anew, which is all that can change of it. */
  public CompletionStage<Operation> update(Call call, String keyId, String description) {
    return keys.update(
        call,
        new KeyVerbs.Change(
            Action.UPDATE_ACCOUNT_KEY,
            OperationKind.UPDATE_ACCOUNT_KEY,
            OperationKind.UPDATE_USER_KEY),
        keyId,
        key -> key.described(description));
  }

  public CompletionStage<Operation> delete(Call call, String keyId) {
    return keys.delete(
        call,
        new KeyVerbs.Change(
            Action.DELETE_ACCOUNT_KEY,
            OperationKind.DELETE_ACCOUNT_KEY,
            OperationKind.DELETE_USER_KEY),
        keyId);
  }

  /** What was done to a key, the newest first; parameters as of {@link #list}. */
  public CompletionStage<Page<Operation>> listOperations(
      Call call, String keyId, int pageSize, String pageToken) {
    return keys.listOperations(
        call, Action.LIST_ACCOUNT_KEY_OPERATIONS, keyId, pageSize, pageToken);
  }

  private static final class Rows implements KeyVerbs.Kind<AuthorizedKey> {
    @Override
    public String resource() {
      return "iam.key";
    }

    @Override
    public String listName() {
      return "account-keys";
    }

    @Override
    public Problem missing(String keyId) {
      return new Problem.NotFound("key", keyId);
    }

    @Override
    public Problem tooMany() {
      return new Problem.Exhausted("iam.keys.count", KEYS_MAX);
    }

    @Override
    public Optional<AuthorizedKey> find(ReadTx tx, String keyId) {
      return Accounts.key(tx, keyId);
    }

    @Override
    public List<AuthorizedKey> of(ReadTx tx, String accountId, String after, int limit) {
      return Accounts.keys(tx, accountId, after, limit);
    }

    @Override
    public void put(WriteTx tx, AuthorizedKey key) {
      Accounts.put(tx, key);
    }

    @Override
    public void delete(WriteTx tx, AuthorizedKey key) {
      Accounts.delete(tx, key);
    }

    @Override
    public Bytes encode(AuthorizedKey key) {
      return AccountCodec.encode(key);
    }
  }
}
