package io.coffer.core.iam;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.stored.AuditRecord;
import io.coffer.Problem;
import io.coffer.core.Keyspace;
import io.coffer.core.Page;
import io.coffer.core.access.Role;
import io.coffer.core.operation.Operation;
import io.coffer.core.workload.FederationDrafts;
import io.coffer.core.workload.Federations;
import io.coffer.testing.SimWorld;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FederatedCredentialsTest {
  private final SimWorld world = SimWorld.of(32);
  private final String account = AccountDrafts.made(world, "robot");
  private final String federation = FederationDrafts.made(world, "ci");

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private CompletionStage<Operation> create(String subject) {
    return world
        .credentials()
        .create(
            world.admin(),
            new CreateFederatedCredential(account, federation, new SubjectRule(subject)));
  }

  @Test
  void oneIsMadeShownListedAndDeleted() {
    Operation made = await(create("repo:acme/app:*"));
    FederatedCredential credential =
        await(world.credentials().get(world.admin(), made.resourceId()));
    assertThat(credential)
        .isEqualTo(
            new FederatedCredential(
                made.resourceId(), account, federation, "repo:acme/app:*", world.now()));
    assertThat(FederatedCredential.decode(made.result())).isEqualTo(credential);
    AuditRecord record = world.records().getLast();
    assertThat(record.getEventType())
        .isEqualTo("yandex.cloud.audit.iam.workload.CreateFederatedCredential");
    assertThat(record.toString()).contains(federation, account, "repo:acme/app:*");
    assertThat(await(world.credentials().list(world.admin(), account, 0, "")).elements())
        .containsExactly(credential);

    await(world.credentials().delete(world.admin(), credential.id()));

    assertThat(world.records().getLast().getEventType())
        .isEqualTo("yandex.cloud.audit.iam.workload.DeleteFederatedCredential");
    assertNoTrace(credential.id());
  }

  private void assertNoTrace(String credentialId) {
    assertThat(problem(world.credentials().get(world.admin(), credentialId)))
        .isEqualTo(new Problem.NotFound("federated credential", credentialId));
    assertThat(world.rows())
        .noneMatch(
            row -> row.key().at(0) == 'y' && Keyspace.lastPart(row.key()).equals(credentialId));
  }

  @Test
  void theSameIsNotMadeTwice() {
    await(create("a"));
    assertThat(problem(create("a")))
        .isEqualTo(new Problem.AlreadyExists("federated credential", "a"));
    await(create("b"));
  }

  @Test
  void anAccountHasAHundred() {
    for (int i = 0; i < FederatedCredentials.CREDENTIALS_MAX; i++) {
      await(create("s" + i));
    }
    assertThat(problem(create("more")))
        .isEqualTo(
            new Problem.Exhausted(
                "iam.federatedCredentials.count", FederatedCredentials.CREDENTIALS_MAX));
    Page<FederatedCredential> page =
        await(world.credentials().list(world.admin(), account, 99, ""));
    assertThat(
            await(world.credentials().list(world.admin(), account, 99, page.nextToken()))
                .elements())
        .hasSize(1);
  }

  @Test
  void aThousandReferToAFederation() {
    await(
        world
            .engine()
            .write(tx -> {
              for (int i = 0; i < Federations.CREDENTIALS_MAX; i++) {
                Accounts.put(
                    tx,
                    new FederatedCredential(
                        "ajec" + i, "ajeother" + i, federation, "s", world.now()));
              }
              return true;
            }));
    assertThat(problem(create("more"))).isInstanceOf(Problem.Exhausted.class);
    await(world.federations().delete(world.admin(), federation));
    assertNoTrace("ajec0");
    assertNoTrace("ajec999");
  }

  @Test
  void whoeverMakesOneMakesKeysOfTheAccountAndSeesTheFederation() {
    world.bind(account, Role.IAM_KEY_ADMIN, "ajekeys");
    world.bind(federation, Role.FEDERATIONS_USER, "ajeuser");
    world.bind(account, Role.IAM_KEY_ADMIN, "ajeboth");
    world.bind(federation, Role.FEDERATIONS_USER, "ajeboth");
    CreateFederatedCredential wanted =
        new CreateFederatedCredential(account, federation, new SubjectRule("s"));
    assertThat(problem(world.credentials().create(world.believed("ajekeys"), wanted)))
        .isEqualTo(new Problem.Denied("iam.workloadIdentityFederation", federation));
    assertThat(problem(world.credentials().create(world.believed("ajeuser"), wanted)))
        .isEqualTo(new Problem.Denied("iam.serviceAccount", account));
    await(world.credentials().create(world.believed("ajeboth"), wanted));
    CreateFederatedCredential nowhere =
        new CreateFederatedCredential(account, "ajenone", new SubjectRule("s"));
    assertThat(problem(world.credentials().create(world.admin(), nowhere)))
        .isEqualTo(new Problem.NotFound("federation", "ajenone"));
  }

  @Test
  void anAccountThatIsDeletedTakesItsCredentialsAlong() {
    String credential = await(create("a")).resourceId();
    await(world.accounts().delete(world.admin(), account));
    assertNoTrace(credential);
  }
}
