package io.coffer.core.iam;

import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Keyspace;
import io.coffer.core.Subject;
import io.coffer.core.access.Access;
import io.coffer.core.access.Memberships;
import io.coffer.core.access.Permission;
import io.coffer.core.access.Resource;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.core.workload.Federation;
import io.coffer.core.workload.FederationRows;
import io.coffer.engine.EngineException;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Accounts and their keys in their rows. What is public here asks no permission. */
public final class Accounts {
  /** As refusals name an account. */
  public static final String RESOURCE = "iam.serviceAccount";

  private Accounts() {}

  /** An account and where it is. */
  public record Found(Folder folder, ServiceAccount account) {
    public Resource resource() {
      return Resource.serviceAccount(account.id(), folder);
    }
  }

  public static Optional<ServiceAccount> account(ReadTx tx, String accountId) {
    if (accountId.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return tx.get(Keyspace.serviceAccount(accountId)).map(row -> AccountCodec.account(row.value()));
  }

  public static Optional<Found> find(ReadTx tx, String accountId) {
    return account(tx, accountId)
        .map(account -> new Found(Folders.require(tx, account.folderId()), account));
  }

  public static Optional<UserAccount> user(ReadTx tx, String accountId) {
    if (accountId.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return tx.get(Keyspace.userAccount(accountId)).map(row -> AccountCodec.user(row.value()));
  }

  /** Who {@code subject} is, if it is an account that is here. */
  public static Optional<Account> account(ReadTx tx, Subject subject) {
    return switch (subject.type()) {
      case SERVICE_ACCOUNT -> account(tx, subject.id()).map(Account.class::cast);
      case USER_ACCOUNT -> user(tx, subject.id()).map(Account.class::cast);
      case FEDERATED_USER, GROUP, SYSTEM, CERTIFICATE -> Optional.empty();
    };
  }

  /** As whom the account of that id is spoken of, if there is one. */
  public static Optional<Subject> subject(ReadTx tx, String accountId) {
    return account(tx, accountId)
        .map(ServiceAccount::subject)
        .or(() -> user(tx, accountId).map(UserAccount::subject));
  }

  /** The account, if the caller may; one that does not exist is not there for whoever may look. */
  static Found require(ReadTx tx, Call call, Permission permission, String accountId) {
    Optional<Found> found = find(tx, accountId);
    if (found.isEmpty()) {
      Access.requireSomewhere(tx, call, permission, RESOURCE, accountId);
      throw new Problem.NotFound("service account", accountId).asException();
    }
    Access.require(tx, call, permission, found.get().resource());
    return found.get();
  }

  /** All of the store, by id. There are as many as {@link ServiceAccounts#ACCOUNTS_MAX}. */
  static List<ServiceAccount> all(ReadTx tx) {
    Keyspace.Range range = Keyspace.serviceAccounts();
    return tx.scan(range.from(), range.to(), ServiceAccounts.ACCOUNTS_MAX + 1).stream()
        .map(row -> AccountCodec.account(row.value()))
        .toList();
  }

  /** All accounts of people, by id. There are as many as {@link UserAccounts#ACCOUNTS_MAX}. */
  static List<UserAccount> allUsers(ReadTx tx) {
    Keyspace.Range range = Keyspace.userAccounts();
    return tx.scan(range.from(), range.to(), UserAccounts.ACCOUNTS_MAX + 1).stream()
        .map(row -> AccountCodec.user(row.value()))
        .toList();
  }

  public static void put(WriteTx tx, UserAccount account) {
    tx.put(Keyspace.userAccount(account.id()), AccountCodec.encode(account));
  }

  /** Takes the account away, all it logs in with, and its place in groups. */
  static void delete(WriteTx tx, UserAccount account) {
    for (AuthorizedKey key : keys(tx, account.id(), "", AuthorizedKeys.KEYS_MAX)) {
      delete(tx, key);
    }
    Memberships.endOf(tx, account.subject());
    tx.delete(Keyspace.userAccount(account.id()));
  }

  /** How many accounts of people an organization has. */
  public static long countUsersIn(ReadTx tx, String organizationId) {
    return allUsers(tx).stream().filter(u -> u.organizationId().equals(organizationId)).count();
  }

  /** How many are in a folder. */
  public static long countIn(ReadTx tx, String folderId) {
    return all(tx).stream().filter(account -> account.folderId().equals(folderId)).count();
  }

  public static void put(WriteTx tx, ServiceAccount account) {
    tx.put(Keyspace.serviceAccount(account.id()), AccountCodec.encode(account));
  }

  /** Takes the account away, all it logs in with, its place in groups, and what is bound on it. */
  static void delete(WriteTx tx, String accountId) {
    for (AuthorizedKey key : keys(tx, accountId, "", AuthorizedKeys.KEYS_MAX)) {
      delete(tx, key);
    }
    for (ApiKey key : apiKeys(tx, accountId, "", ApiKeys.KEYS_MAX)) {
      delete(tx, key);
    }
    Memberships.endOf(tx, new Subject(Subject.Type.SERVICE_ACCOUNT, accountId));
    for (FederatedCredential key :
        credentials(tx, accountId, "", FederatedCredentials.CREDENTIALS_MAX)) {
      delete(tx, key);
    }
    tx.delete(Keyspace.bindings(accountId));
    tx.delete(Keyspace.serviceAccount(accountId));
  }

  public static Optional<AuthorizedKey> key(ReadTx tx, String keyId) {
    if (keyId.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return tx.get(Keyspace.authorizedKey(keyId)).map(row -> AccountCodec.key(row.value()));
  }

  /**
   * Those of an account, by id.
   *
   * @param after the id of the one before, empty for the first ones
   */
  static List<AuthorizedKey> keys(ReadTx tx, String accountId, String after, int limit) {
    Keyspace.Range range = Keyspace.authorizedKeysOf(accountId);
    if (!after.isEmpty()) {
      range = range.after(Keyspace.authorizedKeyOf(accountId, after));
    }
    return tx.scan(range.from(), range.to(), limit).stream()
        .map(row ->
            key(tx, Keyspace.lastPart(row.key()))
                .orElseThrow(() -> new EngineException.Corrupt("a listed key is missing")))
        .toList();
  }

  public static void put(WriteTx tx, AuthorizedKey key) {
    tx.put(Keyspace.authorizedKey(key.id()), AccountCodec.encode(key));
    tx.put(Keyspace.authorizedKeyOf(key.account().id(), key.id()), Bytes.EMPTY);
  }

  /** Of the account of {@code key}: it is the only one then, and tokens of the others end. */
  public static void replaceKeys(WriteTx tx, AuthorizedKey key) {
    for (AuthorizedKey old : keys(tx, key.account().id(), "", AuthorizedKeys.KEYS_MAX)) {
      delete(tx, old);
    }
    put(tx, key);
  }

  static void delete(WriteTx tx, AuthorizedKey key) {
    tx.delete(Keyspace.authorizedKey(key.id()));
    tx.delete(Keyspace.authorizedKeyOf(key.account().id(), key.id()));
  }

  public static Optional<ApiKey> apiKey(ReadTx tx, String keyId) {
    if (keyId.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return tx.get(Keyspace.apiKey(keyId)).map(row -> AccountCodec.apiKey(row.value()));
  }

  /** As {@link #keys}. */
  static List<ApiKey> apiKeys(ReadTx tx, String accountId, String after, int limit) {
    Keyspace.Range range = Keyspace.apiKeysOf(accountId);
    if (!after.isEmpty()) {
      range = range.after(Keyspace.apiKeyOf(accountId, after));
    }
    return tx.scan(range.from(), range.to(), limit).stream()
        .map(row ->
            apiKey(tx, Keyspace.lastPart(row.key()))
                .orElseThrow(() -> new EngineException.Corrupt("a listed API key is missing")))
        .toList();
  }

  static void put(WriteTx tx, ApiKey key) {
    tx.put(Keyspace.apiKey(key.id()), AccountCodec.encode(key));
    tx.put(Keyspace.apiKeyOf(key.serviceAccountId(), key.id()), Bytes.EMPTY);
  }

  static void delete(WriteTx tx, ApiKey key) {
    tx.delete(Keyspace.apiKey(key.id()));
    tx.delete(Keyspace.apiKeyOf(key.serviceAccountId(), key.id()));
  }

  public static Optional<FederatedCredential> credential(ReadTx tx, String credentialId) {
    if (credentialId.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return tx.get(Keyspace.federatedCredential(credentialId))
        .map(row -> AccountCodec.credential(row.value()));
  }

  /** All of an account's, by id. */
  public static List<FederatedCredential> credentials(ReadTx tx, String accountId) {
    return accountId.indexOf('\0') >= 0
        ? List.of()
        : credentials(tx, accountId, "", FederatedCredentials.CREDENTIALS_MAX);
  }

  /** As {@link #keys}. */
  static List<FederatedCredential> credentials(
      ReadTx tx, String accountId, String after, int limit) {
    Keyspace.Range range = Keyspace.federatedCredentialsOf(accountId);
    if (!after.isEmpty()) {
      range = range.after(Keyspace.federatedCredentialOf(accountId, after));
    }
    return tx.scan(range.from(), range.to(), limit).stream()
        .map(row ->
            credential(tx, Keyspace.lastPart(row.key()))
                .orElseThrow(() -> new EngineException.Corrupt("a listed credential is missing")))
        .toList();
  }

  static void put(WriteTx tx, FederatedCredential credential) {
    String accountId = credential.serviceAccountId();
    tx.put(Keyspace.federatedCredential(credential.id()), AccountCodec.encode(credential));
    tx.put(Keyspace.federatedCredentialOf(accountId, credential.id()), Bytes.EMPTY);
    tx.put(
        Keyspace.credentialOfFederation(credential.federationId(), accountId, credential.id()),
        Bytes.EMPTY);
  }

  static void delete(WriteTx tx, FederatedCredential credential) {
    String accountId = credential.serviceAccountId();
    tx.delete(Keyspace.federatedCredential(credential.id()));
    tx.delete(Keyspace.federatedCredentialOf(accountId, credential.id()));
    tx.delete(
        Keyspace.credentialOfFederation(credential.federationId(), accountId, credential.id()));
  }

  /**
   * Whether tokens still count that were given for it: an authorized key that is there, or a
   * credential whose federation is enabled.
   */
  public static boolean keyStands(ReadTx tx, String keyId) {
    return key(tx, keyId).isPresent()
        || credential(tx, keyId)
            .flatMap(credential -> FederationRows.find(tx, credential.federationId()))
            .map(Federation::enabled)
            .orElse(false);
  }

  /** The account that is meant: the one that is named, else the caller's own. */
  static String orOwn(Call call, String accountId) {
    if (!accountId.isEmpty()) {
      return accountId;
    }
    Subject subject = call.caller().subject();
    if (subject.type() != Subject.Type.SERVICE_ACCOUNT) {
      throw new Problem.Invalid("service_account_id", "must name one: the caller is none")
          .asException();
    }
    return subject.id();
  }

  /**
   * The account that is meant: the program that is named, else the caller, if he has an account.
   */
  static Subject orSelf(Call call, String accountId) {
    Subject subject = call.caller().subject();
    return accountId.isEmpty() && subject.type() == Subject.Type.USER_ACCOUNT
        ? subject
        : new Subject(Subject.Type.SERVICE_ACCOUNT, orOwn(call, accountId));
  }

  /** Throws {@link Problem.Invalid} for an end that has passed: nothing would come of it. */
  static void requireToCome(Call call, Optional<Instant> end) {
    if (end.isPresent() && !end.get().isAfter(call.at())) {
      throw new Problem.Invalid("expires_at", "must be in the future").asException();
    }
  }
}
