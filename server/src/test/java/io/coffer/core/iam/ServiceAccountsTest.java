package io.coffer.core.iam;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.stored.AuditRecord;
import io.coffer.Bytes;
import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Keyspace;
import io.coffer.core.Page;
import io.coffer.core.access.Role;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.testing.SimWorld;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ServiceAccountsTest {
  private final SimWorld world = SimWorld.of(21);

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private ServiceAccount got(String accountId) {
    return await(world.accounts().get(world.admin(), accountId));
  }

  @Test
  void anAccountIsMadeShownListedAndOnRecord() {
    TreeMap<String, String> labels = new TreeMap<>();
    labels.put("team", "a");
    Instant end = world.now().plusSeconds(3600);
    Operation made =
        await(
            world
                .accounts()
                .create(
                    world.admin(),
                    new CreateAccount(
                        world.folder().id(), "robot", "builds", labels, Optional.of(end))));

    ServiceAccount account = got(made.resourceId());
    assertThat(account)
        .isEqualTo(
            new ServiceAccount(
                made.resourceId(),
                world.folder().id(),
                "robot",
                "builds",
                world.now(),
                labels,
                Optional.of(end),
                new ServiceAccount.Status.Active()));
    assertThat(account.id()).matches("aje[0-9a-z]{17}");
    assertThat(made.kind()).isEqualTo(OperationKind.CREATE_SERVICE_ACCOUNT);
    assertThat(ServiceAccount.decode(made.result())).isEqualTo(account);
    assertThat(listed(Optional.empty())).contains(account);
    assertThat(listed(Optional.of("robot"))).containsExactly(account);
    assertThat(listed(Optional.of("nobody"))).isEmpty();
    AuditRecord record = world.records().getLast();
    assertThat(record.getEventType()).isEqualTo("yandex.cloud.audit.iam.CreateServiceAccount");
    assertThat(record.toString()).contains(account.id(), "robot");
  }

  private List<ServiceAccount> listed(Optional<String> name) {
    return await(world.accounts().list(world.admin(), world.folder().id(), name, 0, "")).elements();
  }

  @Test
  void aNameIsTakenInTheWholeCloudUntilItIsGivenUp() {
    String accountId = AccountDrafts.made(world, "robot");
    String other = AccountDrafts.made(world, "other");
    CreateAccount elsewhere = AccountDrafts.account(world.dockerFolder().id(), "robot");
    Problem taken = new Problem.AlreadyExists("service account", "robot");

    assertThat(problem(world.accounts().create(world.admin(), elsewhere))).isEqualTo(taken);
    assertThat(
            problem(world.accounts().update(world.admin(), AccountDrafts.rename(other, "robot"))))
        .isEqualTo(taken);
    await(world.accounts().update(world.admin(), AccountDrafts.rename(accountId, "robot")));
    await(world.accounts().delete(world.admin(), accountId));
    await(world.accounts().create(world.admin(), elsewhere));
  }

  @Test
  void onlyWhatTheMaskNamesIsChanged() {
    String accountId = AccountDrafts.made(world, "robot");
    TreeMap<String, String> labels = new TreeMap<>();
    labels.put("k", "v");
    await(
        world
            .accounts()
            .update(
                world.admin(),
                new UpdateAccount(
                    accountId,
                    Set.of(UpdateAccount.Field.LABELS, UpdateAccount.Field.DESCRIPTION),
                    "not-this",
                    "d",
                    labels,
                    Optional.of(world.now()))));
    ServiceAccount account = got(accountId);
    assertThat(account.name()).isEqualTo("robot");
    assertThat(account.description()).isEqualTo("d");
    assertThat(account.labels()).isEqualTo(labels);
    assertThat(account.expiresAt()).isEmpty();
  }

  @Test
  void aSuspensionThatIsOverAlreadyIsRefusedAndNotTakenForOne() {
    String id = world.founding().admin().id();
    assertThatThrownBy(
            () -> await(world.accounts().suspend(world.admin(), id, "", Optional.of(world.now()))))
        .isInstanceOf(CofferException.class)
        .hasMessageContaining("must be in the future");
  }

  @Test
  void theAccountThatTheServerActsAsStays() {
    String adminId = world.founding().admin().id();
    Problem unmet = new Problem.Unmet("the server itself acts as it", adminId);

    assertThat(problem(world.accounts().delete(world.admin(), adminId))).isEqualTo(unmet);
    assertThat(problem(world.accounts().suspend(world.admin(), adminId, "", Optional.empty())))
        .isEqualTo(unmet);
    assertThat(
            problem(
                world
                    .accounts()
                    .update(
                        world.admin(), AccountDrafts.expire(adminId, Optional.of(world.now())))))
        .isEqualTo(unmet);
    await(world.accounts().update(world.admin(), AccountDrafts.rename(adminId, "root")));
  }

  @Test
  void aThousandFitAndOneMoreDoesNot() {
    await(
        world
            .engine()
            .write(tx -> {
              for (int i = Accounts.all(tx).size(); i < ServiceAccounts.ACCOUNTS_MAX - 1; i++) {
                Accounts.put(
                    tx,
                    new ServiceAccount("aje" + i, world.folder().id(), "n" + i, "", world.now()));
              }
              return true;
            }));
    AccountDrafts.made(world, "last");
    assertThat(
            problem(
                world
                    .accounts()
                    .create(world.admin(), AccountDrafts.account(world.folder().id(), "one-more"))))
        .isEqualTo(new Problem.Exhausted("iam.serviceAccounts.count", 1000));
    assertThat(
            await(
                    world
                        .accounts()
                        .list(world.admin(), world.folder().id(), Optional.empty(), 1000, ""))
                .elements())
        .hasSize(1000);
  }

  @Test
  void pagesGiveEachAccountAndEachOperationOnce() {
    for (int i = 0; i < 7; i++) {
      AccountDrafts.made(world, "n" + i);
    }
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      Page<ServiceAccount> page =
          await(
              world
                  .accounts()
                  .list(world.admin(), world.folder().id(), Optional.empty(), 3, token));
      page.elements().forEach(account -> seen.add(account.id()));
      token = page.nextToken();
    } while (!token.isEmpty());
    assertThat(seen).hasSize(8).doesNotHaveDuplicates().isSorted();

    String accountId = seen.getLast();
    List<Operation> done = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      await(world.accounts().reactivate(world.admin(), accountId));
    }
    do {
      Page<Operation> page =
          await(world.accounts().listOperations(world.admin(), accountId, 2, token));
      done.addAll(page.elements());
      token = page.nextToken();
    } while (!token.isEmpty());
    assertThat(done).hasSizeGreaterThanOrEqualTo(4).doesNotHaveDuplicates();
    assertThat(
            problem(
                world
                    .accounts()
                    .list(world.admin(), world.folder().id(), Optional.empty(), 0, "made-up")))
        .isInstanceOf(Problem.Invalid.class);
  }

  @Test
  void whatIsDeletedLeavesNothingToLogInWith() {
    String accountId = AccountDrafts.made(world, "robot");
    String keyId = AccountDrafts.keyOf(world, accountId);
    world.bind(accountId, Role.IAM_ADMIN, "ajesomebody");

    Operation gone = await(world.accounts().delete(world.admin(), accountId));

    assertThat(problem(world.accounts().get(world.admin(), accountId)))
        .isEqualTo(new Problem.NotFound("service account", accountId));
    assertThat(problem(world.authorizedKeys().get(world.admin(), keyId)))
        .isEqualTo(new Problem.NotFound("key", keyId));
    assertThat(await(world.operations().get(world.admin(), gone.id()))).isEqualTo(gone);
    assertThat(
            world.rows().stream()
                .map(row -> new String(row.key().shared(), java.nio.charset.StandardCharsets.UTF_8))
                .filter(key -> key.contains(accountId) || key.contains(keyId)))
        .isEmpty();
  }

  @Test
  void aTokenIsLentToWhomThatIsGrantedAndOnRecord() {
    String accountId = AccountDrafts.made(world, "robot");
    world.bind(accountId, Role.IAM_TOKEN_CREATOR, "ajesomebody");

    assertThat(await(world.accounts().lend(world.believed("ajesomebody"), accountId)).id())
        .isEqualTo(accountId);
    AuditRecord record = world.records().getLast();
    assertThat(record.getEventType())
        .isEqualTo("yandex.cloud.audit.iam.CreateIamTokenForServiceAccount");
    assertThat(record.getSubjectId()).isEqualTo("ajesomebody");
    assertThat(problem(world.accounts().get(world.believed("ajesomebody"), accountId)))
        .isInstanceOf(Problem.Denied.class);

    await(world.accounts().suspend(world.admin(), accountId, "r", Optional.empty()));
    assertThat(problem(world.accounts().lend(world.believed("ajesomebody"), accountId)))
        .isEqualTo(new Problem.Unmet("it is suspended or has expired", accountId));
  }

  @Test
  void aRoleOnOneAccountSaysNothingAboutAnother() {
    String mine = AccountDrafts.made(world, "mine");
    String other = AccountDrafts.made(world, "other");
    world.bind(mine, Role.IAM_ADMIN, "ajesomebody");

    assertThat(await(world.accounts().get(world.believed("ajesomebody"), mine)).name())
        .isEqualTo("mine");
    assertThat(problem(world.accounts().lend(world.believed("ajesomebody"), other)))
        .isEqualTo(new Problem.Denied("iam.serviceAccount", other));
    assertThat(
            problem(
                world
                    .authorizedKeys()
                    .get(world.believed("ajesomebody"), AccountDrafts.keyOf(world, other))))
        .isInstanceOf(Problem.Denied.class);
  }

  @Test
  void keysOfBeforeTheIndexAreListedOnceItIsComplete() {
    String accountId = AccountDrafts.made(world, "robot");
    String keyId = AccountDrafts.keyOf(world, accountId);
    await(
        world
            .engine()
            .write(tx -> {
              tx.delete(Keyspace.authorizedKeyOf(accountId, keyId));
              tx.delete(Keyspace.authorizedKeysComplete());
              return true;
            }));
    assertThat(keys(accountId)).isEmpty();

    assertThat(await(AuthorizedKeyIndex.complete(world.engine()))).isTrue();
    assertThat(keys(accountId)).containsExactly(keyId);
    List<Bytes> before = world.rows().stream().map(row -> row.key()).toList();
    assertThat(await(AuthorizedKeyIndex.complete(world.engine()))).isFalse();
    assertThat(world.rows().stream().map(row -> row.key()).toList()).isEqualTo(before);
  }

  private List<String> keys(String accountId) {
    return await(world.authorizedKeys().list(world.admin(), accountId, 0, "")).elements().stream()
        .map(AuthorizedKey::id)
        .toList();
  }
}
