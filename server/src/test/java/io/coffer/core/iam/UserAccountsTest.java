package io.coffer.core.iam;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.stored.AuditRecord;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Page;
import io.coffer.core.Subject;
import io.coffer.core.access.Role;
import io.coffer.core.group.GroupDrafts;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.engine.Row;
import io.coffer.testing.LoginKeys;
import io.coffer.testing.SimWorld;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class UserAccountsTest {
  private final SimWorld world = SimWorld.of(41);
  private final String organizationId = world.folder().cloudId();

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private static Subject person(String accountId) {
    return new Subject(Subject.Type.USER_ACCOUNT, accountId);
  }

  private List<String> keys(String accountId) {
    return await(world.userAccounts().listKeys(world.admin(), accountId, 0, "")).elements().stream()
        .map(AuthorizedKey::id)
        .toList();
  }

  @Test
  void anAccountIsMadeWithAKeyThatIsGivenOnceAndOnRecord() {
    try (IssuedUserAccount issued =
        await(
            world
                .userAccounts()
                .create(world.admin(), AccountDrafts.user(organizationId, "alice")))) {
      UserAccount account = issued.account();
      assertThat(account)
          .isEqualTo(
              new UserAccount(
                  account.id(), organizationId, "alice", "alice@example.com", world.now()));
      assertThat(account.id()).matches("aje[0-9a-z]{17}");
      assertThat(await(world.userAccounts().get(world.admin(), account.id()))).isEqualTo(account);
      assertThat(await(world.userAccounts().list(world.admin(), organizationId, 0, "")).elements())
          .containsExactly(account);
      AuthorizedKey key = issued.key().key();
      assertThat(key.account()).isEqualTo(account.subject());
      assertThat(await(world.authorizedKeys().get(world.admin(), key.id()))).isEqualTo(key);
      assertThat(keys(account.id())).containsExactly(key.id());
      assertThat(issued.toString()).doesNotContain("PRIVATE");

      String text =
          issued.key().privateKey().lend(bytes -> new String(bytes, StandardCharsets.US_ASCII));
      String line = text.lines().toList().get(10);
      assertThat(line).hasSize(64);
      world
          .rows()
          .forEach(row ->
              assertThat(new String(row.value().shared(), StandardCharsets.ISO_8859_1))
                  .doesNotContain(line));
      AuditRecord record = world.records().getLast();
      assertThat(record.getEventType()).isEqualTo("yandex.cloud.audit.iam.CreateUserAccount");
      assertThat(record.toString())
          .contains(account.id(), "user_account_id", "alice", key.id(), organizationId)
          .doesNotContain("example.com")
          .doesNotContain(line);
    }
  }

  @Test
  void aLoginIsTakenUntilItsAccountIsGone() {
    String accountId = AccountDrafts.userMade(world, "alice");
    assertThat(
            problem(
                world
                    .userAccounts()
                    .create(world.admin(), AccountDrafts.user(organizationId, "alice"))))
        .isEqualTo(new Problem.AlreadyExists("user account", "alice"));
    await(world.userAccounts().delete(world.admin(), accountId));
    await(world.userAccounts().create(world.admin(), AccountDrafts.user(organizationId, "alice")))
        .close();
  }

  @Test
  void aThousandFitAndOneMoreDoesNot() {
    for (int i = 0; i < UserAccounts.ACCOUNTS_MAX; i++) {
      AccountDrafts.userMade(world, "n" + i);
    }
    assertThat(
            problem(
                world
                    .userAccounts()
                    .create(world.admin(), AccountDrafts.user(organizationId, "more"))))
        .isEqualTo(new Problem.Exhausted("iam.userAccounts.count", 1000));
    assertThat(await(world.userAccounts().list(world.admin(), organizationId, 1000, "")).elements())
        .hasSize(1000);
  }

  @Test
  void pagesGiveEachOnce() {
    for (int i = 0; i < 5; i++) {
      AccountDrafts.userMade(world, "n" + i);
    }
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      Page<UserAccount> page =
          await(world.userAccounts().list(world.admin(), organizationId, 2, token));
      page.elements().forEach(account -> seen.add(account.id()));
      token = page.nextToken();
    } while (!token.isEmpty());
    assertThat(seen).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void aPersonHasHundredKeysAndNoMore() {
    String accountId = AccountDrafts.userMade(world, "alice");
    await(
        world
            .engine()
            .write(tx -> {
              for (int i = 0; i < AuthorizedKeys.KEYS_MAX; i++) {
                Accounts.put(
                    tx,
                    new AuthorizedKey(
                        "ajek" + i,
                        person(accountId),
                        world.now(),
                        "RSA_2048",
                        LoginKeys.publicPem()));
              }
              return true;
            }));
    assertThat(problem(world.userAccounts().createKey(world.admin(), AccountDrafts.key(accountId))))
        .isEqualTo(new Problem.Exhausted("iam.keys.count", 100));
  }

  @Test
  void aPersonDoesWithHisOwnKeysWhatHeLikesAndWithNobodyElses() {
    String alice = AccountDrafts.userMade(world, "alice");
    String bob = AccountDrafts.userMade(world, "bob");
    String robot = AccountDrafts.made(world, "robot");
    Call call = world.person(alice);

    String keyId;
    try (IssuedKey issued = await(world.authorizedKeys().create(call, AccountDrafts.key("")))) {
      assertThat(issued.key().account()).isEqualTo(person(alice));
      keyId = issued.key().id();
    }
    AuditRecord record = world.records().getLast();
    assertThat(record.getEventType()).isEqualTo("yandex.cloud.audit.iam.CreateKey");
    assertThat(record.getSubjectType()).isEqualTo("USER_ACCOUNT");
    assertThat(await(world.authorizedKeys().list(call, "", 0, "")).elements())
        .extracting(AuthorizedKey::id)
        .containsExactly(keyId);
    await(world.authorizedKeys().update(call, keyId, "mine"));
    assertThat(await(world.authorizedKeys().get(call, keyId)).description()).isEqualTo("mine");
    assertThat(await(world.authorizedKeys().listOperations(call, keyId, 0, "")).elements())
        .hasSize(1);
    assertThat(await(world.userAccounts().get(call, alice)).login()).isEqualTo("alice");

    for (String other :
        List.of(AccountDrafts.keyOfUser(world, bob), AccountDrafts.keyOf(world, robot))) {
      Problem denied = new Problem.Denied("iam.key", other);
      assertThat(problem(world.authorizedKeys().get(call, other))).isEqualTo(denied);
      assertThat(problem(world.authorizedKeys().delete(call, other))).isEqualTo(denied);
    }
    assertThat(problem(world.userAccounts().get(call, bob)))
        .isEqualTo(new Problem.Denied("iam.userAccount", bob));
    assertThat(problem(world.userAccounts().delete(call, alice)))
        .isEqualTo(new Problem.Denied("iam.userAccount", alice));
    assertThat(problem(world.authorizedKeys().create(call, AccountDrafts.key(robot))))
        .isEqualTo(new Problem.Denied("iam.serviceAccount", robot));
    assertThat(problem(world.authorizedKeys().create(call, AccountDrafts.key(alice))))
        .isEqualTo(new Problem.Denied("iam.serviceAccount", alice));

    await(world.authorizedKeys().delete(call, keyId));
    assertThat(keys(alice)).isEmpty();
    assertThat(problem(world.authorizedKeys().delete(call, keyId)))
        .isEqualTo(new Problem.Denied("iam.key", keyId));
  }

  @Test
  void apiKeysAreForProgramsOnly() {
    String alice = AccountDrafts.userMade(world, "alice");
    Problem none = new Problem.Invalid("service_account_id", "must name one: the caller is none");
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> await(world.apiKeys().create(world.person(alice), AccountDrafts.apiKey(""))))
        .isInstanceOfSatisfying(
            io.coffer.CofferException.class, e -> assertThat(e.problem()).isEqualTo(none));
    assertThat(problem(world.apiKeys().create(world.admin(), AccountDrafts.apiKey(alice))))
        .isEqualTo(new Problem.NotFound("service account", alice));
  }

  @Test
  void aCredentialWithScopesIsForNothingOfOnesOwn() {
    String alice = AccountDrafts.userMade(world, "alice");
    Call scoped =
        world.call(
            new Caller(person(alice), "", Caller.Via.API_KEY, List.of("viewer")),
            Call.Door.LOCKBOX);
    assertThat(problem(world.userAccounts().get(scoped, alice))).isInstanceOf(Problem.Denied.class);
    assertThat(problem(world.authorizedKeys().create(scoped, AccountDrafts.key(""))))
        .isInstanceOf(Problem.Denied.class);
  }

  @Test
  void anAdministratorMakesAKeyForOneWhoseKeyWasLost() {
    String alice = AccountDrafts.userMade(world, "alice");
    String robot = AccountDrafts.made(world, "robot");
    world.bind(organizationId, Role.ORGANIZATION_ADMIN, "ajekeeper");
    try (IssuedKey issued =
        await(
            world
                .userAccounts()
                .createKey(world.believed("ajekeeper"), AccountDrafts.key(alice)))) {
      assertThat(issued.key().account()).isEqualTo(person(alice));
      assertThat(keys(alice)).containsExactly(issued.key().id());
    }
    world.bind(organizationId, Role.IAM_ADMIN, "ajeprograms");
    assertThat(
            problem(
                world
                    .userAccounts()
                    .createKey(world.believed("ajeprograms"), AccountDrafts.key(alice))))
        .isEqualTo(new Problem.Denied("iam.userAccount", alice));
    assertThat(problem(world.userAccounts().createKey(world.admin(), AccountDrafts.key(robot))))
        .isEqualTo(new Problem.NotFound("user account", robot));
  }

  @Test
  void whatWasDoneToAPersonsKeyIsReadByWhoMayReadItsMetadata() {
    String alice = AccountDrafts.userMade(world, "alice");
    String keyId = AccountDrafts.keyOfUser(world, alice);
    Operation described = await(world.authorizedKeys().update(world.admin(), keyId, "d"));
    assertThat(described.kind()).isEqualTo(OperationKind.UPDATE_USER_KEY);
    world.bind(organizationId, Role.ORGANIZATION_VIEWER, "ajeviewer");
    assertThat(await(world.operations().get(world.believed("ajeviewer"), described.id())))
        .isEqualTo(described);
    assertThat(problem(world.operations().get(world.believed("ajestranger"), described.id())))
        .isEqualTo(new Problem.Denied("iam.key", keyId));
    Operation gone = await(world.authorizedKeys().delete(world.admin(), keyId));
    assertThat(gone.kind()).isEqualTo(OperationKind.DELETE_USER_KEY);
  }

  @Test
  void whatIsDeletedLeavesNothingToLogInWithAndIsInNoGroup() {
    String alice = AccountDrafts.userMade(world, "alice");
    String keyId = AccountDrafts.keyOfUser(world, alice);
    String groupId = GroupDrafts.made(world, "readers");
    GroupDrafts.change(world, groupId, GroupDrafts.add(alice));
    assertThat(await(world.groups().members(world.admin(), groupId, 0, "")).elements())
        .containsExactly(person(alice));

    assertThat(await(world.userAccounts().delete(world.admin(), alice)).login()).isEqualTo("alice");

    assertThat(world.records().getLast().getEventType())
        .isEqualTo("yandex.cloud.audit.iam.DeleteUserAccount");
    assertThat(problem(world.userAccounts().get(world.admin(), alice)))
        .isEqualTo(new Problem.NotFound("user account", alice));
    assertThat(problem(world.authorizedKeys().get(world.admin(), keyId)))
        .isEqualTo(new Problem.NotFound("key", keyId));
    assertThat(await(world.groups().members(world.admin(), groupId, 0, "")).elements()).isEmpty();
    assertThat(
            world.rows().stream()
                .map(Row::key)
                .map(key -> new String(key.shared(), StandardCharsets.UTF_8))
                .filter(key -> key.contains(alice) || key.contains(keyId)))
        .isEmpty();
  }

  @Test
  void allAccountsOfAnOrganizationIncludeItsPeople() {
    String alice = AccountDrafts.userMade(world, "alice");
    world.bind(
        world.folder().id(),
        Role.LOCKBOX_VIEWER,
        new Subject(Subject.Type.SYSTEM, "group:organization:" + organizationId + ":users"));
    assertThat(await(world.secrets().list(world.person(alice), world.folder().id(), 0, "")))
        .isNotNull();
    await(world.userAccounts().delete(world.admin(), alice));
    assertThat(problem(world.secrets().list(world.person(alice), world.folder().id(), 0, "")))
        .isInstanceOf(Problem.Denied.class);
  }

  @Test
  void whoMayNotLookIsDeniedAnAccountWhetherItIsThereOrNot() {
    String alice = AccountDrafts.userMade(world, "alice");
    for (String id : List.of(alice, "ajenone", "a\0b")) {
      Problem denied = new Problem.Denied("iam.userAccount", id);
      assertThat(problem(world.userAccounts().get(world.believed("ajex"), id))).isEqualTo(denied);
      assertThat(problem(world.userAccounts().listKeys(world.believed("ajex"), id, 0, "")))
          .isEqualTo(denied);
      assertThat(problem(world.userAccounts().delete(world.believed("ajex"), id)))
          .isEqualTo(denied);
    }
  }
}
