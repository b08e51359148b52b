package io.coffer.core.iam;

import static io.coffer.testing.SimWorld.await;

import io.coffer.core.Subject;
import io.coffer.crypto.RsaKeys;
import io.coffer.testing.LoginKeys;
import io.coffer.testing.SimWorld;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Accounts and keys as tests want them. */
public final class AccountDrafts {
  private AccountDrafts() {}

  public static CreateAccount account(String folderId, String name) {
    return new CreateAccount(folderId, name, "", new TreeMap<>(), Optional.empty());
  }

  /** The id of one in the folder {@code default}. */
  public static String made(SimWorld world, String name) {
    return await(world.accounts().create(world.admin(), account(world.folder().id(), name)))
        .resourceId();
  }

  public static UpdateAccount rename(String accountId, String name) {
    return new UpdateAccount(
        accountId, Set.of(UpdateAccount.Field.NAME), name, "", new TreeMap<>(), Optional.empty());
  }

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType") // None is to be tried as well.
  public static UpdateAccount expire(String accountId, Optional<Instant> at) {
    return new UpdateAccount(
        accountId, Set.of(UpdateAccount.Field.EXPIRES_AT), "", "", new TreeMap<>(), at);
  }

  public static CreateAuthorizedKey key(String accountId) {
    return new CreateAuthorizedKey(accountId, "", RsaKeys.Algorithm.RSA_2048);
  }

  public static CreateUserAccount user(String organizationId, String login) {
    return new CreateUserAccount(
        organizationId, login, login + "@example.com", RsaKeys.Algorithm.RSA_2048);
  }

  /** The id of a person's account, put there without a key. */
  public static String userMade(SimWorld world, String login) {
    String accountId = "aje" + login;
    await(
        world
            .engine()
            .write(tx -> {
              Accounts.put(
                  tx, new UserAccount(accountId, world.folder().cloudId(), login, "", world.now()));
              return true;
            }));
    return accountId;
  }

  /** The id of a key of a person, as of {@link #keyOf}. */
  public static String keyOfUser(SimWorld world, String accountId) {
    return keyOf(world, new Subject(Subject.Type.USER_ACCOUNT, accountId));
  }

  /** The id of a key of the account, put there without drawing one, which takes long. */
  public static String keyOf(SimWorld world, String accountId) {
    return keyOf(world, SimWorld.account(accountId));
  }

  private static String keyOf(SimWorld world, Subject account) {
    String keyId = "ajekey" + world.rows().size();
    await(
        world
            .engine()
            .write(tx -> {
              Accounts.put(
                  tx,
                  new AuthorizedKey(
                      keyId, account, world.now(), "RSA_2048", LoginKeys.publicPem()));
              return true;
            }));
    return keyId;
  }

  public static CreateApiKey apiKey(String accountId, String... scopes) {
    return new CreateApiKey(accountId, "", List.of(scopes), Optional.empty());
  }

  /** The id of an API key of the account. */
  public static String apiKeyOf(SimWorld world, String accountId) {
    try (IssuedApiKey issued = await(world.apiKeys().create(world.admin(), apiKey(accountId)))) {
      return issued.key().id();
    }
  }

  public static CreateFederatedCredential credential(
      String accountId, String federationId, String subject) {
    return new CreateFederatedCredential(accountId, federationId, new SubjectRule(subject));
  }

  public static UpdateApiKey scope(String keyId, String... scopes) {
    return new UpdateApiKey(
        keyId, Set.of(UpdateApiKey.Field.SCOPES), "", List.of(scopes), Optional.empty());
  }
}
