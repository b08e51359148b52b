package io.coffer.core.hierarchy;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.access.Access;
import io.coffer.core.access.Role;
import io.coffer.core.binding.Bound;
import io.coffer.core.folder.Cloud;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.core.folder.Profile;
import io.coffer.core.iam.AccountDrafts;
import io.coffer.core.kms.KeyDrafts;
import io.coffer.core.operation.Operation;
import io.coffer.testing.Drafts;
import io.coffer.testing.SimWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HierarchyChangesTest {
  private final SimWorld world = SimWorld.of(5);
  private final Call admin = world.admin();
  private final String cloudId = world.folder().cloudId();

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private String folder(String cloud, String name) {
    return await(world.hierarchyChanges().createFolder(admin, cloud, Profile.of(name)))
        .resourceId();
  }

  private String cloud(String name) {
    return await(world.hierarchyChanges().createCloud(admin, Profile.of(name))).resourceId();
  }

  private Problem deletingFolder(Call call, String folderId) {
    return problem(world.hierarchyChanges().deleteFolder(call, folderId, Optional.empty()));
  }

  private Operation deleteFolder(String folderId) {
    return await(world.hierarchyChanges().deleteFolder(admin, folderId, Optional.empty()));
  }

  private void secret(String folderId, String name) {
    try (var draft = Drafts.secret(folderId, name, Drafts.text("k", "v"))) {
      await(world.secrets().create(admin, draft));
    }
  }

  @Test
  void whatIsMadeIsThereAsItWasDescribed() {
    Profile profile = new Profile("team", "ours", new TreeMap<>(Map.of("a", "b")));
    String id = await(world.hierarchyChanges().createFolder(admin, cloudId, profile)).resourceId();
    assertThat(await(world.hierarchy().folder(admin, id)))
        .isEqualTo(new Folder(id, cloudId, profile, world.now(), Folder.Names.FREE));
    String other = await(world.hierarchyChanges().createCloud(admin, profile)).resourceId();
    assertThat(await(world.hierarchy().cloud(admin, other)))
        .isEqualTo(new Cloud(other, profile, world.now()));
  }

  @Test
  void anUpdateChangesWhatItNames() {
    Profile profile = new Profile("team", "ours", new TreeMap<>(Map.of("a", "b")));
    String id = await(world.hierarchyChanges().createFolder(admin, cloudId, profile)).resourceId();
    await(
        world
            .hierarchyChanges()
            .updateFolder(
                admin,
                new UpdatePlace(
                    id,
                    Set.of(UpdatePlace.Field.DESCRIPTION),
                    new Profile("", "new", new TreeMap<>()))));
    assertThat(await(world.hierarchy().folder(admin, id)).profile())
        .isEqualTo(new Profile("team", "new", profile.labels()));
    await(
        world
            .hierarchyChanges()
            .updateCloud(
                admin,
                new UpdatePlace(cloudId, Set.of(UpdatePlace.Field.NAME), Profile.of("renamed"))));
    assertThat(await(world.hierarchy().cloud(admin, cloudId)).name()).isEqualTo("renamed");
    assertThatThrownBy(
            () -> new UpdatePlace(cloudId, Set.of(UpdatePlace.Field.NAME), Profile.of("")))
        .hasMessageContaining("Invalid");
  }

  @Test
  void aNameIsTakenOncePerCloud() {
    String other = cloud("other");
    String id = folder(cloudId, "team");
    assertThat(folder(other, "team")).isNotEqualTo(id);
    assertThat(problem(world.hierarchyChanges().createFolder(admin, cloudId, Profile.of("team"))))
        .isEqualTo(new Problem.AlreadyExists("folder", "team"));
    assertThat(problem(world.hierarchyChanges().createCloud(admin, Profile.of("other"))))
        .isEqualTo(new Problem.AlreadyExists("cloud", "other"));
    UpdatePlace taken = new UpdatePlace(id, Set.of(UpdatePlace.Field.NAME), Profile.of("docker"));
    assertThat(problem(world.hierarchyChanges().updateFolder(admin, taken)))
        .isEqualTo(new Problem.AlreadyExists("folder", "docker"));
    deleteFolder(id);
    assertThat(folder(cloudId, "team")).isNotEqualTo(id);
  }

  @Test
  void whatHoldsSomethingSaysHowMuchOfWhatToWhomMayListIt() {
    String id = folder(cloudId, "team");
    secret(id, "one");
    secret(id, "two");
    await(world.keys().create(admin, KeyDrafts.key(id)));
    await(world.accounts().create(admin, AccountDrafts.account(id, "robot")));
    assertThat(deletingFolder(admin, id))
        .isEqualTo(
            new Problem.NotEmpty(
                id,
                List.of(
                    new Problem.Held("secrets", 2),
                    new Problem.Held("symmetric keys", 1),
                    new Problem.Held("service accounts", 1))));
    world.bind(id, Role.RESOURCE_MANAGER_EDITOR, "ajeeditor");
    assertThat(deletingFolder(world.believed("ajeeditor"), id))
        .isEqualTo(new Problem.NotEmpty(id, List.of()));
    world.bind(id, Role.KMS_VIEWER, "ajeeditor");
    assertThat(deletingFolder(world.believed("ajeeditor"), id))
        .isEqualTo(new Problem.NotEmpty(id, List.of(new Problem.Held("symmetric keys", 1))));
    assertThat(await(world.hierarchy().folder(admin, id)).name()).isEqualTo("team");
  }

  @Test
  void whatIsEmptyIsDeletedWithWhatIsBoundOnIt() {
    String id = folder(cloudId, "team");
    world.bind(id, Role.ADMIN, "ajesomebody");
    secret(id, "one");
    String secretId =
        await(world.secrets().list(admin, id, 0, "")).elements().getFirst().secret().id();
    await(world.secrets().delete(admin, secretId));
    String keyId = await(world.keys().create(admin, KeyDrafts.key(id))).resourceId();
    await(world.keys().delete(admin, keyId));

    deleteFolder(id);

    assertThat(problem(world.hierarchy().folder(admin, id)))
        .isEqualTo(new Problem.NotFound("folder", id));
    assertThat(problem(world.hierarchy().folder(world.believed("ajesomebody"), id)))
        .isInstanceOf(Problem.Denied.class);
    assertThat(world.engine().<Integer>read(tx -> Access.bindings(tx, id).size())).isZero();
    try (var draft = Drafts.secret(id, "late", Drafts.text("k", "v"))) {
      assertThat(problem(world.secrets().create(admin, draft)))
          .isEqualTo(new Problem.NotFound("folder", id));
    }
    world.advance(Duration.ofDays(4));
    assertThat(world.runDue()).as("the key is destroyed all the same").isPositive();
  }

  @Test
  void aCloudIsDeletedOnceItsFoldersAre() {
    String other = cloud("other");
    String id = folder(other, "team");
    assertThat(problem(world.hierarchyChanges().deleteCloud(admin, other, Optional.empty())))
        .isEqualTo(new Problem.NotEmpty(other, List.of(new Problem.Held("folders", 1))));
    deleteFolder(id);
    Operation gone = await(world.hierarchyChanges().deleteCloud(admin, other, Optional.empty()));
    assertThat(problem(world.hierarchy().cloud(admin, other)))
        .isEqualTo(new Problem.NotFound("cloud", other));
    assertThat(await(world.operations().get(admin, gone.id()))).isEqualTo(gone);
    assertThat(world.engine().<Integer>read(tx -> Access.bindings(tx, other).size())).isZero();
  }

  @Test
  void theFoldersOfTheFirstStartStay() {
    assertThat(deletingFolder(admin, world.dockerFolder().id()))
        .isEqualTo(new Problem.Unmet("the Docker door shows it", world.dockerFolder().id()));
    assertThat(deletingFolder(admin, world.folder().id()))
        .isEqualTo(
            new Problem.Unmet("accounts that the server needs are in it", world.folder().id()));
    assertThat(problem(world.hierarchyChanges().deleteCloud(admin, cloudId, Optional.empty())))
        .isEqualTo(new Problem.NotEmpty(cloudId, List.of(new Problem.Held("folders", 2))));
  }

  @Test
  void whatWasDoneInAFolderThatIsGoneIsReadByWhoMayReadItsCloud() {
    String id = folder(cloudId, "team");
    world.bind(id, Role.LOCKBOX_ADMIN, "ajemaker");
    Operation made;
    try (var draft = Drafts.secret(id, "one", Drafts.text("k", "v"))) {
      made = await(world.secrets().create(world.believed("ajemaker"), draft));
    }
    Operation bound = await(world.bindings().set(admin, Bound.folder(id), List.of()));
    await(world.secrets().delete(admin, made.resourceId()));
    Operation gone = deleteFolder(id);
    world.bind(cloudId, Role.VIEWER, "ajeviewer");
    for (Operation operation : List.of(made, bound, gone)) {
      assertThat(await(world.operations().get(world.believed("ajeviewer"), operation.id())))
          .isEqualTo(operation);
      assertThat(problem(world.operations().get(world.believed("ajestranger"), operation.id())))
          .isInstanceOf(Problem.Denied.class);
    }
    assertThat(await(world.operations().get(world.believed("ajemaker"), made.id())))
        .isEqualTo(made);
  }

  @Test
  void whatIsDoneIsListedUntilItIsGone() {
    String id = folder(cloudId, "team");
    await(
        world
            .hierarchyChanges()
            .updateFolder(
                admin, new UpdatePlace(id, Set.of(UpdatePlace.Field.NAME), Profile.of("renamed"))));
    assertThat(await(world.hierarchy().folderOperations(admin, id, 0, "")).elements()).hasSize(2);
    deleteFolder(id);
    assertThat(problem(world.hierarchy().folderOperations(admin, id, 0, "")))
        .isEqualTo(new Problem.NotFound("folder", id));
  }

  @Test
  void aDeletionIsForNow() {
    String id = folder(cloudId, "team");
    Optional<Instant> later = Optional.of(world.now().plusSeconds(61));
    assertThatThrownBy(() -> world.hierarchyChanges().deleteFolder(admin, id, later))
        .hasMessageContaining("delete_after");
    await(
        world.hierarchyChanges().deleteFolder(admin, id, Optional.of(world.now().plusSeconds(60))));
  }

  @Test
  void whoMakesACloudIsItsAdministratorAndNobodyElseIs() {
    world.bind(cloudId, Role.RESOURCE_MANAGER_EDITOR, "ajemaker");
    Call maker = world.believed("ajemaker");
    String other =
        await(world.hierarchyChanges().createCloud(maker, Profile.of("other"))).resourceId();
    assertThat(await(world.bindings().list(maker, Bound.cloud(other), 0, "")).elements())
        .hasSize(1);
    assertThat(problem(world.hierarchy().cloud(admin, other)))
        .isEqualTo(new Problem.Denied("resource-manager.cloud", other));
    // What holds his own cloud does not count for another.
    assertThat(problem(world.hierarchyChanges().createFolder(admin, other, Profile.of("x"))))
        .isInstanceOf(Problem.Denied.class);
    world.bind(other, Role.ADMIN, "ajeother");
    assertThat(
            problem(
                world
                    .hierarchyChanges()
                    .createCloud(world.believed("ajeother"), Profile.of("third"))))
        .isEqualTo(new Problem.Denied("resource-manager.cloud", cloudId));
  }

  @Test
  void anAccountsNameIsTakenOncePerCloud() {
    String other = folder(cloud("other"), "team");
    await(world.accounts().create(admin, AccountDrafts.account(other, "robot")));
    await(world.accounts().create(admin, AccountDrafts.account(world.folder().id(), "robot")));
    assertThat(
            problem(
                world
                    .accounts()
                    .create(admin, AccountDrafts.account(world.dockerFolder().id(), "robot"))))
        .isEqualTo(new Problem.AlreadyExists("service account", "robot"));
  }

  @Test
  void oneCloudMoreThanTheQuotaIsRefused() {
    for (int i = 1; i < Folders.CLOUDS_MAX; i++) {
      cloud("cloud" + i);
    }
    assertThat(problem(world.hierarchyChanges().createCloud(admin, Profile.of("more"))))
        .isEqualTo(new Problem.Exhausted("resource-manager.clouds.count", Folders.CLOUDS_MAX));
  }

  @Test
  void oneFolderMoreThanTheQuotaIsRefused() {
    await(
        world
            .engine()
            .write(tx -> {
              for (int i = 2; i < Folders.FOLDERS_MAX; i++) {
                Folders.put(
                    tx,
                    new Folder(
                        "b1g" + i, cloudId, Profile.of("f" + i), world.now(), Folder.Names.FREE));
              }
              return true;
            }));
    assertThat(problem(world.hierarchyChanges().createFolder(admin, cloudId, Profile.of("more"))))
        .isEqualTo(new Problem.Exhausted("resource-manager.folders.count", Folders.FOLDERS_MAX));
    assertThat(folder(cloud("other"), "more")).isNotEmpty();
    deleteFolder("b1g7");
    assertThat(folder(cloudId, "more")).isNotEmpty();
  }
}
