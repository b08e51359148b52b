package io.coffer.core.secret;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Page;
import io.coffer.core.access.Role;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.testing.Drafts;
import io.coffer.testing.SimWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Update, activate, deactivate, delete, and what is listed of them. */
final class SecretChangesTest {
  private final SimWorld world = SimWorld.of(7);

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private String secret(String name) {
    try (CreateSecret command = Drafts.secret(world.folder().id(), name, Drafts.text("k", "v"))) {
      return await(world.secrets().create(world.admin(), command)).resourceId();
    }
  }

  private String docker(String name) {
    try (CreateSecret command = Drafts.docker(world.dockerFolder().id(), name, new byte[1])) {
      return await(world.secrets().create(world.dockerAdmin(), command)).resourceId();
    }
  }

  private Secret get(String id) {
    return await(world.secrets().get(world.admin(), id)).secret();
  }

  private static UpdateSecret changing(String id, UpdateSecret.Field... fields) {
    return new UpdateSecret(
        id,
        Set.of(fields),
        "new-name",
        "new description",
        new TreeMap<>(Map.of("new", "label")),
        true,
        Optional.of(PasswordsTest.digits(9)));
  }

  private static UpdateSecret naming(String id, String name) {
    return new UpdateSecret(
        id, Set.of(UpdateSecret.Field.NAME), name, "", new TreeMap<>(), false, Optional.empty());
  }

  @Test
  void anUpdateChangesTheFieldsItNamesAndNoOther() {
    String id = secret("old");
    Secret before = get(id);
    world.advance(Duration.ofHours(1));

    Operation named =
        await(world.secrets().update(world.admin(), changing(id, UpdateSecret.Field.NAME)));
    assertThat(get(id))
        .isEqualTo(
            before.with(
                "new-name",
                before.description(),
                before.labels(),
                false,
                Optional.empty(),
                world.now()));
    assertThat(SecretResult.decode(named.result()).secret()).isEqualTo(get(id));
    assertThat(named.kind()).isEqualTo(OperationKind.UPDATE_SECRET);

    await(
        world
            .secrets()
            .update(
                world.admin(),
                changing(
                    id,
                    UpdateSecret.Field.DESCRIPTION,
                    UpdateSecret.Field.LABELS,
                    UpdateSecret.Field.DELETION_PROTECTION,
                    UpdateSecret.Field.PASSWORD)));
    assertThat(get(id))
        .isEqualTo(
            before.with(
                "new-name",
                "new description",
                new TreeMap<>(Map.of("new", "label")),
                true,
                Optional.of(PasswordsTest.digits(9)),
                world.now()));
    assertThat(await(world.versions().list(world.admin(), id, 0, "")).elements()).hasSize(1);
  }

  @Test
  void anUpdateOfNoFieldDoesNotExist() {
    assertThatThrownBy(() -> changing("e6qx"))
        .isInstanceOfSatisfying(
            CofferException.class,
            refusal ->
                assertThat(refusal.problem())
                    .isEqualTo(new Problem.Invalid("update_mask", "must name a field")));
  }

  @Test
  void aRenamedSecretIsFoundByItsNewNameOnly() {
    String id = secret("old");
    await(world.secrets().update(world.admin(), naming(id, "new")));
    await(
            world
                .payloads()
                .getEx(world.admin(), new SecretReference.ByName(world.folder().id(), "new"), ""))
        .close();
    assertThat(
            problem(
                world
                    .payloads()
                    .getEx(
                        world.admin(), new SecretReference.ByName(world.folder().id(), "old"), "")))
        .isEqualTo(new Problem.NotFound("secret", "old"));
    await(world.secrets().update(world.admin(), naming(id, "")));
    assertThat(get(id).name()).isEmpty();
  }

  @Test
  void inTheDockerFolderANewNameFollowsDockersRule() {
    String id = docker("mine");
    docker("taken");
    assertThat(problem(world.secrets().update(world.admin(), naming(id, "Taken"))))
        .isEqualTo(new Problem.AlreadyExists("secret", "Taken"));
    for (String unfit : List.of("", "-a", "a b")) {
      assertThat(problem(world.secrets().update(world.admin(), naming(id, unfit))))
          .isInstanceOf(Problem.Invalid.class);
    }
    await(world.secrets().update(world.admin(), naming(id, "MINE")));
    await(world.secrets().update(world.admin(), naming(id, "free")));
    assertThat(await(world.dockerSecrets().inspect(world.dockerAdmin(), "FREE")).secret().id())
        .isEqualTo(id);
    docker("mine");
  }

  @Test
  void aChangeFromOneDoorGivesTheOtherANewIndex() {
    String id = docker("mine");
    long before = await(world.dockerSecrets().inspect(world.dockerAdmin(), id)).revision();
    await(world.secrets().update(world.admin(), changing(id, UpdateSecret.Field.DESCRIPTION)));
    assertThat(await(world.dockerSecrets().inspect(world.dockerAdmin(), id)).revision())
        .isGreaterThan(before);
  }

  @Test
  void aDeactivatedSecretIsReadAgainOnceItIsActivated() {
    String id = secret("n");
    Operation off = await(world.secrets().deactivate(world.admin(), id));
    assertThat(SecretResult.decode(off.result()).secret().status())
        .isEqualTo(Secret.Status.INACTIVE);
    assertThat(problem(world.payloads().get(world.admin(), id, "")))
        .isEqualTo(new Problem.Unmet("secret is INACTIVE", id));
    await(world.secrets().deactivate(world.admin(), id));

    await(world.secrets().activate(world.admin(), id));
    await(world.secrets().activate(world.admin(), id));
    await(world.payloads().get(world.admin(), id, "")).close();
    assertThat(get(id).status()).isEqualTo(Secret.Status.ACTIVE);
  }

  @Test
  void aDeletedSecretLeavesNothingButItsOperations() {
    String keep = secret("n");
    List<String> before = keys();
    String id = secret("n");
    try (AddVersion command = Drafts.version(id, Drafts.text("k", "w"))) {
      String version = await(world.versions().add(world.admin(), command)).versionId();
      await(
          world
              .versions()
              .scheduleDestruction(
                  world.admin(), new ScheduleDestruction(id, version, Duration.ofDays(1))));
    }
    world.bind(id, Role.LOCKBOX_VIEWER, "ajeviewer");
    Secret last = get(id);

    Operation deleted = await(world.secrets().delete(world.admin(), id));

    SecretResult result = SecretResult.decode(deleted.result());
    assertThat(result.secret()).isEqualTo(last);
    assertThat(result.current()).isPresent();
    List<String> after = keys();
    after.removeAll(before);
    // Its operations, and that the keys of two versions are to leave the disk.
    assertThat(after).hasSize(6).allMatch(key -> key.startsWith("6f00") || key.startsWith("7800"));
    assertThat(problem(world.secrets().delete(world.admin(), id)))
        .isEqualTo(new Problem.NotFound("secret", id));
    assertThat(await(world.operations().get(world.admin(), deleted.id()))).isEqualTo(deleted);
    assertThat(get(keep).id()).isEqualTo(keep);
  }

  private List<String> keys() {
    return new ArrayList<>(world.rows().stream().map(row -> row.key().hex()).toList());
  }

  @Test
  void aProtectedSecretIsNotDeletedUntilThatIsTakenBack() {
    String id;
    try (CreateSecret command = Drafts.protectedSecret(world.folder().id(), "n")) {
      id = await(world.secrets().create(world.admin(), command)).resourceId();
    }
    assertThat(problem(world.secrets().delete(world.admin(), id)))
        .isEqualTo(new Problem.Unmet("deletion protection is set", id));
    UpdateSecret off =
        new UpdateSecret(
            id,
            Set.of(UpdateSecret.Field.DELETION_PROTECTION),
            "",
            "",
            new TreeMap<>(),
            false,
            Optional.empty());
    await(world.secrets().update(world.admin(), off));
    await(world.secrets().delete(world.admin(), id));
  }

  @Test
  void operationsAreListedNewestFirstOverTheirPages() {
    String id = secret("n");
    secret("other");
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      world.advance(Duration.ofNanos(i % 2)); // Some at the same instant.
      made.addFirst(await(world.secrets().activate(world.admin(), id)).id());
    }
    List<String> listed = new ArrayList<>();
    String token = "";
    do {
      Page<Operation> page = await(world.secrets().listOperations(world.admin(), id, 2, token));
      page.elements().forEach(operation -> listed.add(operation.id()));
      token = page.nextToken();
      assertThat(token.length()).isLessThanOrEqualTo(100);
    } while (!token.isEmpty());
    assertThat(listed).hasSize(6).containsAll(made);
    assertThat(listed.getFirst()).isIn(made.subList(0, 2));
    assertThat(await(world.operations().cancel(world.admin(), made.getFirst())).id())
        .isEqualTo(made.getFirst());
  }
}
