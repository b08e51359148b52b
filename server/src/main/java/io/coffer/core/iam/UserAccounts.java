package io.coffer.core.iam;

import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Event;
import io.coffer.core.Ids;
import io.coffer.core.Page;
import io.coffer.core.PageTokens;
import io.coffer.core.Subject;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.access.Access;
import io.coffer.core.access.Permission;
import io.coffer.core.folder.Cloud;
import io.coffer.crypto.Keyring;
import io.coffer.crypto.RsaKeys;
import io.coffer.engine.Committed;
import io.coffer.engine.ReadTx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The verbs on accounts of people. An account is made with a key, which is given once; what is
 * deleted can log in no more, and its tokens are refused, from the next call on.
 */
public final class UserAccounts {
  /** In a store. */
  public static final int ACCOUNTS_MAX = 1_000;

  public static final int PAGE_DEFAULT = 100;

  /** As refusals name an account. */
  static final String RESOURCE = "iam.userAccount";

  private final Verbs verbs;
  private final Witness witness;
  private final Ids ids;
  private final PageTokens pageTokens;
  private final AuthorizedKeys keys;

  public UserAccounts(Verbs verbs, Witness witness, Ids ids, Keyring keyring, AuthorizedKeys keys) {
    this.verbs = verbs;
    this.witness = witness;
    this.ids = ids;
    this.pageTokens = new PageTokens(keyring);
    this.keys = keys;
  }

  /** A credential with scopes is for what they say, which is nothing of what is one's own. */
  static boolean isHimself(Caller caller, String accountId) {
    return caller.believed()
        && caller.subject().equals(new Subject(Subject.Type.USER_ACCOUNT, accountId))
        && caller.scopes().isEmpty();
  }

  /**
   * Makes an account; its login is one that no other of the organization has. Whoever is given it
   * closes it. For nobody who may not is a key drawn.
   */
  public CompletionStage<IssuedUserAccount> create(Call call, CreateUserAccount command) {
    return verbs
        .read(call, asked(command), tx -> requireRoom(tx, call, command))
        .thenCompose(_ -> keys.drawn(command.algorithm()))
        .thenCompose(drawn -> keep(call, command, drawn));
  }

  private static Event asked(CreateUserAccount command) {
    return Event.of(
        Action.CREATE_USER_ACCOUNT,
        Event.word("organization_id", command.organizationId()),
        Event.word("user_account_login", command.login()));
  }

  private static Cloud requireRoom(ReadTx tx, Call call, CreateUserAccount command) {
    Cloud cloud = Access.requireCloud(tx, call, Permission.USERS_CREATE, command.organizationId());
    List<UserAccount> all = Accounts.allUsers(tx);
    if (all.size() >= ACCOUNTS_MAX) {
      throw new Problem.Exhausted("iam.userAccounts.count", ACCOUNTS_MAX).asException();
    }
    if (all.stream()
        .anyMatch(other ->
            other.organizationId().equals(cloud.id()) && other.login().equals(command.login()))) {
      throw new Problem.AlreadyExists("user account", command.login()).asException();
    }
    return cloud;
  }

  @SuppressWarnings("MustBeClosedChecker") // Whoever is given the account closes its key.
  private CompletionStage<IssuedUserAccount> keep(
      Call call, CreateUserAccount command, RsaKeys drawn) {
    UserAccount account = // Drawn outside the body, which may run twice.
        new UserAccount(
            ids.account(), command.organizationId(), command.login(), command.email(), call.at());
    AuthorizedKey key =
        new AuthorizedKey(
            ids.account(),
            account.subject(),
            call.at(),
            command.algorithm().name(),
            drawn.publicPem());
    return verbs
        .write(
            call,
            asked(command),
            tx -> {
              Cloud _ = requireRoom(tx, call, command);
              Accounts.put(tx, account);
              Accounts.put(tx, key);
              witness.saw(
                  tx,
                  call,
                  AccountEvents.of(new KeyHolder.OfPerson(account), Action.CREATE_USER_ACCOUNT)
                      .with(Event.word("key_id", key.id())));
              return account;
            })
        .thenApply(kept -> new IssuedUserAccount(kept.value(), IssuedKey.of(key, drawn)))
        .whenComplete((_, _) -> drawn.close());
  }

  /** For the person himself, and for whoever may look at accounts of people. */
  public CompletionStage<UserAccount> get(Call call, String accountId) {
    return verbs.read(
        call,
        asked(Action.GET_USER_ACCOUNT, accountId),
        tx -> {
          Optional<UserAccount> own =
              isHimself(call.caller(), accountId) ? Accounts.user(tx, accountId) : Optional.empty();
          return own.orElseGet(() -> require(tx, call, Permission.USERS_GET, accountId));
        });
  }

  private static UserAccount require(
      ReadTx tx, Call call, Permission permission, String accountId) {
    Optional<UserAccount> account = Accounts.user(tx, accountId);
    if (account.isEmpty()) {
      Access.requireInSomeCloud(tx, call, permission, RESOURCE, accountId);
      throw new Problem.NotFound("user account", accountId).asException();
    }
    Access.require(tx, call, permission, account.get().resource());
    return account.get();
  }

  /**
   * The accounts of an organization, in the order of ids.
   *
   * @param pageSize 0 to 1000; 0 means {@link #PAGE_DEFAULT}
   * @param pageToken empty for the first page
   */
  public CompletionStage<Page<UserAccount>> list(
      Call call, String organizationId, int pageSize, String pageToken) {
    int size = pageSize == 0 ? PAGE_DEFAULT : pageSize;
    String list = "user-accounts\0" + organizationId;
    return verbs.read(
        call,
        Event.of(Action.LIST_USER_ACCOUNTS, Event.word("organization_id", organizationId)),
        tx -> {
          Cloud _ = Access.requireCloud(tx, call, Permission.USERS_LIST, organizationId);
          String last = pageToken.isEmpty() ? "" : pageTokens.lastId(list, pageToken);
          List<UserAccount> rest =
              Accounts.allUsers(tx).stream()
                  .filter(account -> account.organizationId().equals(organizationId))
                  .filter(account -> account.id().compareTo(last) > 0)
                  .limit(size + 1L)
                  .toList();
          List<UserAccount> page = rest.subList(0, Math.min(size, rest.size()));
          return new Page<>(
              page, rest.size() > size ? pageTokens.after(list, page.getLast().id()) : "");
        });
  }

  /** Takes the account away with its keys and its place in groups. Its id is never used again. */
  public CompletionStage<UserAccount> delete(Call call, String accountId) {
    return verbs
        .write(
            call,
            asked(Action.DELETE_USER_ACCOUNT, accountId),
            tx -> {
              UserAccount account = require(tx, call, Permission.USERS_DELETE, accountId);
              Accounts.delete(tx, account);
              witness.saw(
                  tx,
                  call,
                  AccountEvents.of(new KeyHolder.OfPerson(account), Action.DELETE_USER_ACCOUNT));
              return account;
            })
        .thenApply(Committed::value);
  }

  /** Makes one more key for an account; whoever is given it closes it. */
  public CompletionStage<IssuedKey> createKey(Call call, CreateAuthorizedKey command) {
    return keys.createFor(
        call, new Subject(Subject.Type.USER_ACCOUNT, command.accountId()), command);
  }

  /** The keys of an account, in the order of ids; parameters as of {@link #list}. */
  public CompletionStage<Page<AuthorizedKey>> listKeys(
      Call call, String accountId, int pageSize, String pageToken) {
    return keys.listOf(
        call, new Subject(Subject.Type.USER_ACCOUNT, accountId), pageSize, pageToken);
  }

  private static Event asked(Action action, String accountId) {
    return AccountEvents.asked(action, new Subject(Subject.Type.USER_ACCOUNT, accountId));
  }
}
