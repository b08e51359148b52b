package io.coffer.core.workload;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.stored.AuditRecord;
import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Ids;
import io.coffer.core.Keyspace;
import io.coffer.core.Page;
import io.coffer.core.Verbs;
import io.coffer.core.access.AccessBinding;
import io.coffer.core.access.Role;
import io.coffer.core.binding.Bound;
import io.coffer.core.iam.AccountDrafts;
import io.coffer.core.iam.CreateFederatedCredential;
import io.coffer.core.iam.FederatedCredential;
import io.coffer.core.iam.SubjectRule;
import io.coffer.core.operation.Operation;
import io.coffer.core.workload.UpdateFederation.Field;
import io.coffer.testing.SimWorld;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FederationsTest {
  private final SimWorld world = SimWorld.of(31);

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  @Test
  void oneIsMadeAsItWasAskedFor() {
    CreateFederation wanted =
        new CreateFederation(
            world.folder().id(),
            "ci",
            "d",
            true,
            List.of("a", "b"),
            "https://issuer",
            JwksUrl.parse("https://issuer/keys"),
            new TreeMap<>(Map.of("k", "v")));
    Operation made = await(world.federations().create(world.admin(), wanted));
    Federation federation = await(world.federations().get(world.admin(), made.resourceId()));
    assertThat(federation)
        .isEqualTo(
            new Federation(
                made.resourceId(),
                world.folder().id(),
                "ci",
                "d",
                world.now(),
                false,
                List.of("a", "b"),
                "https://issuer",
                "https://issuer/keys",
                wanted.labels()));
    assertThat(Federation.decode(made.result())).isEqualTo(federation);
    AuditRecord record = world.records().getLast();
    assertThat(record.getEventType())
        .isEqualTo("yandex.cloud.audit.iam.workload.oidc.CreateFederation");
    assertThat(record.toString())
        .contains("https://issuer/keys", "https://issuer", federation.id());
  }

  @Test
  void aNameIsOneThatNoOtherOfTheFolderHas() {
    String first = FederationDrafts.made(world, "ci");
    String second = FederationDrafts.made(world, "other");
    CreateFederation again = FederationDrafts.federation(world.folder().id(), "ci");
    assertThat(problem(world.federations().create(world.admin(), again)))
        .isEqualTo(new Problem.AlreadyExists("federation", "ci"));
    assertThat(
            problem(
                world.federations().update(world.admin(), FederationDrafts.rename(second, "ci"))))
        .isEqualTo(new Problem.AlreadyExists("federation", "ci"));
    await(world.federations().update(world.admin(), FederationDrafts.rename(first, "ci")));
    await(
        world
            .federations()
            .create(world.admin(), FederationDrafts.federation(world.dockerFolder().id(), "ci")));
  }

  @Test
  void aFolderHoldsAHundredAndListsThemByPages() {
    for (int i = 0; i < Federations.FEDERATIONS_MAX; i++) {
      FederationDrafts.made(world, "f" + i);
    }
    CreateFederation more = FederationDrafts.federation(world.folder().id(), "more");
    assertThat(problem(world.federations().create(world.admin(), more)))
        .isEqualTo(
            new Problem.Exhausted(
                "iam.workloadIdentityFederations.count", Federations.FEDERATIONS_MAX));
    Page<Federation> first =
        await(world.federations().list(world.admin(), world.folder().id(), 60, ""));
    Page<Federation> rest =
        await(world.federations().list(world.admin(), world.folder().id(), 60, first.nextToken()));
    assertThat(rest.nextToken()).isEmpty();
    assertThat(
            Stream.concat(first.elements().stream(), rest.elements().stream())
                .map(Federation::id)
                .distinct())
        .hasSize(100)
        .isSorted();
  }

  @Test
  void anUpdateChangesWhatItNamesAndNothingElse() {
    String id = FederationDrafts.made(world, "ci");
    Federation before = await(world.federations().get(world.admin(), id));
    await(world.federations().update(world.admin(), FederationDrafts.disabled(id, true)));
    Federation disabled = await(world.federations().get(world.admin(), id));
    assertThat(disabled.enabled()).isFalse();
    assertThat(world.records().getLast().toString()).contains("\"false\"");
    await(world.federations().update(world.admin(), FederationDrafts.disabled(id, false)));
    assertThat(await(world.federations().get(world.admin(), id))).isEqualTo(before);
    await(
        world
            .federations()
            .update(
                world.admin(),
                new UpdateFederation(
                    id,
                    Set.of(Field.values()),
                    "n",
                    "d",
                    false,
                    List.of("z"),
                    Optional.of(JwksUrl.parse("https://elsewhere/k")),
                    new TreeMap<>())));
    Federation after = await(world.federations().get(world.admin(), id));
    assertThat(after.audiences()).containsExactly("z");
    assertThat(after.jwksUrl()).isEqualTo("https://elsewhere/k");
    assertThat(after.issuer()).isEqualTo(before.issuer());
  }

  @Test
  void whatNobodyCouldUseIsRefused() {
    for (List<String> audiences :
        List.of(List.<String>of(), List.of(" "), List.of("a\nb"), Collections.nCopies(101, "a"))) {
      assertThatThrownBy(() ->
              new CreateFederation(
                  "f",
                  "n",
                  "",
                  false,
                  audiences,
                  "i",
                  JwksUrl.parse("https://i/k"),
                  new TreeMap<>()))
          .isInstanceOf(CofferException.class);
    }
    assertThatThrownBy(() -> FederationDrafts.federation("f", "n", "", "https://i/k"))
        .isInstanceOf(CofferException.class);
  }

  @Test
  void aPlaceThatTheServerDoesNotAllowIsRefusedWhereverItIsSaid() {
    Federations strict =
        new Federations(
            new Verbs(world.engine(), world.witness()),
            world.witness(),
            new Ids(world.entropy()),
            world.keyring(),
            url -> url instanceof JwksUrl.Web);
    String id = FederationDrafts.made(world, "ci");
    CreateFederation made =
        FederationDrafts.federation(world.folder().id(), "n", "i", "file:/etc/passwd");
    UpdateFederation moved = FederationDrafts.move(id, "file:/etc/passwd");
    assertThatThrownBy(() -> await(strict.create(world.admin(), made)))
        .hasMessageContaining("jwks_url");
    assertThatThrownBy(() -> await(strict.update(world.admin(), moved)))
        .hasMessageContaining("jwks_url");
  }

  @Test
  void oneThatIsDeletedTakesItsCredentialsAndBindingsAlong() {
    String account = AccountDrafts.made(world, "robot");
    String id = FederationDrafts.made(world, "ci");
    String kept = FederationDrafts.made(world, "kept");
    String gone = credential(account, id, "a");
    String left = credential(account, kept, "a");
    await(
        world
            .bindings()
            .set(
                world.admin(),
                Bound.federation(id),
                List.of(
                    new AccessBinding(Role.FEDERATIONS_USER, SimWorld.account("ajesomebody")))));

    await(world.federations().delete(world.admin(), id));

    assertThat(world.records().getLast().toString()).contains(gone).doesNotContain(left);
    assertThat(problem(world.federations().get(world.admin(), id)))
        .isEqualTo(new Problem.NotFound("federation", id));
    assertThat(problem(world.credentials().get(world.admin(), gone)))
        .isEqualTo(new Problem.NotFound("federated credential", gone));
    assertThat(await(world.credentials().list(world.admin(), account, 0, "")).elements())
        .extracting(FederatedCredential::id)
        .containsExactly(left);
    assertThat(world.rows())
        .noneMatch(row -> row.key().equals(Keyspace.bindings(id)))
        .noneMatch(row -> row.key().at(0) == 'y' && Keyspace.lastPart(row.key()).equals(gone));
  }

  private String credential(String account, String federation, String subject) {
    return await(
            world
                .credentials()
                .create(
                    world.admin(),
                    new CreateFederatedCredential(account, federation, new SubjectRule(subject))))
        .resourceId();
  }

  @Test
  void rolesOnOneCountForIt() {
    String id = FederationDrafts.made(world, "ci");
    world.bind(id, Role.FEDERATIONS_EDITOR, "ajeeditor");
    await(
        world
            .federations()
            .update(world.believed("ajeeditor"), FederationDrafts.disabled(id, true)));
    world.bind(world.folder().id(), Role.EDITOR, "ajeplain");
    assertThat(await(world.federations().get(world.believed("ajeplain"), id)).id()).isEqualTo(id);
    assertThat(
            problem(
                world
                    .federations()
                    .update(world.believed("ajeplain"), FederationDrafts.disabled(id, false))))
        .isEqualTo(new Problem.Denied(FederationRows.RESOURCE, id));
  }
}
