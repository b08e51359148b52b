package io.coffer.core.binding;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.stored.AuditRecord;
import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Page;
import io.coffer.core.access.AccessBinding;
import io.coffer.core.access.BindingDelta;
import io.coffer.core.access.Role;
import io.coffer.core.group.GroupDrafts;
import io.coffer.core.iam.AccountDrafts;
import io.coffer.core.kms.KeyDrafts;
import io.coffer.core.operation.Operation;
import io.coffer.core.workload.FederationDrafts;
import io.coffer.testing.Drafts;
import io.coffer.testing.SimWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BindingsTest {
  private static final AccessBinding ALICE =
      AccessBinding.of("lockbox.editor", "certificate", "CN=alice, O=team");
  private static final AccessBinding BOB = AccessBinding.of("viewer", "serviceAccount", "ajebob");

  private static Bound bound(SimWorld world, Bound.Kind kind) {
    return switch (kind) {
      case CLOUD -> Bound.cloud(world.folder().cloudId());
      case FOLDER -> Bound.folder(world.folder().id());
      case SECRET -> {
        try (var command = Drafts.secret(world.folder().id(), "n", Drafts.text("k", "v"))) {
          yield Bound.secret(await(world.secrets().create(world.admin(), command)).resourceId());
        }
      }
      case SYMMETRIC_KEY -> Bound.symmetricKey(KeyDrafts.made(world));
      case SERVICE_ACCOUNT -> Bound.serviceAccount(AccountDrafts.made(world, "bound"));
      case GROUP -> Bound.group(GroupDrafts.made(world, "bound"));
      case FEDERATION -> Bound.federation(FederationDrafts.made(world, "bound"));
    };
  }

  private static BindingDelta add(AccessBinding binding) {
    return new BindingDelta(BindingDelta.Action.ADD, binding);
  }

  private static BindingDelta remove(AccessBinding binding) {
    return new BindingDelta(BindingDelta.Action.REMOVE, binding);
  }

  private static List<AccessBinding> listed(SimWorld world, Bound bound) {
    return await(world.bindings().list(world.admin(), bound, 0, "")).elements();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsAddedIsListedAndWhatIsRemovedIsNot(Bound.Kind kind) {
    try (SimWorld world = SimWorld.of(1)) {
      Bound bound = bound(world, kind);
      List<AccessBinding> before = listed(world, bound);

      Operation added =
          await(world.bindings().update(world.admin(), bound, List.of(add(ALICE), add(BOB))));
      Operation again = await(world.bindings().update(world.admin(), bound, List.of(add(BOB))));
      List<AccessBinding> between = listed(world, bound);
      Operation gone =
          await(
              world
                  .bindings()
                  .update(world.admin(), bound, List.of(remove(ALICE), add(BOB), remove(BOB))));

      assertThat(BindingDelta.decode(added.result()))
          .containsExactlyInAnyOrder(add(ALICE), add(BOB));
      assertThat(BindingDelta.decode(again.result())).isEmpty();
      assertThat(between).hasSize(before.size() + 2).contains(ALICE, BOB);
      assertThat(BindingDelta.decode(gone.result()))
          .containsExactlyInAnyOrder(remove(ALICE), remove(BOB));
      assertThat(listed(world, bound)).isEqualTo(before);
      assertThat(added.resourceId()).isEqualTo(bound.id());
      assertThat(await(world.operations().get(world.admin(), added.id()))).isEqualTo(added);
      assertThat(problem(world.operations().get(world.believed("ajebob"), added.id())))
          .isInstanceOf(Problem.Denied.class);
    }
  }

  @Test
  void setReplacesAllAndKeepsOneOfEach() {
    try (SimWorld world = SimWorld.of(1)) {
      Bound bound = bound(world, Bound.Kind.FOLDER);
      await(world.bindings().set(world.admin(), bound, List.of(ALICE)));
      await(world.bindings().set(world.admin(), bound, List.of(BOB, BOB)));
      assertThat(listed(world, bound)).containsExactly(BOB);
      await(world.bindings().set(world.admin(), bound, List.of()));
      assertThat(listed(world, bound)).isEmpty();
    }
  }

  @Test
  void theTrailSaysWhoWasGivenWhat() {
    try (SimWorld world = SimWorld.of(1)) {
      await(
          world
              .bindings()
              .update(world.admin(), bound(world, Bound.Kind.FOLDER), List.of(add(ALICE))));
      AuditRecord record = world.records().getLast();
      assertThat(record.getEventType())
          .isEqualTo("yandex.cloud.audit.resourcemanager.UpdateFolderAccessBindings");
      assertThat(record.getDetails(1).getValuesList())
          .containsExactly("ADD lockbox.editor certificate:CN=alice,O=team");
    }
  }

  @Test
  void aCloudKeepsSomebodyWhoIsItsAdmin() {
    try (SimWorld world = SimWorld.of(1)) {
      Bound cloud = bound(world, Bound.Kind.CLOUD);
      AccessBinding admin = listed(world, cloud).getFirst();
      Problem unmet = new Problem.Unmet("somebody must stay its admin", cloud.id());

      assertThat(problem(world.bindings().set(world.admin(), cloud, List.of(ALICE))))
          .isEqualTo(unmet);
      assertThat(problem(world.bindings().update(world.admin(), cloud, List.of(remove(admin)))))
          .isEqualTo(unmet);
      AccessBinding everybody = AccessBinding.of("admin", "system", "allUsers");
      assertThat(problem(world.bindings().set(world.admin(), cloud, List.of(everybody))))
          .isEqualTo(unmet);
      AccessBinding group = AccessBinding.of("admin", "group", "g");
      assertThat(problem(world.bindings().set(world.admin(), cloud, List.of(group))))
          .isEqualTo(unmet);
      assertThat(listed(world, cloud)).containsExactly(admin);

      AccessBinding other = AccessBinding.of("admin", "certificate", "CN=root");
      await(world.bindings().set(world.admin(), cloud, List.of(other)));
      assertThat(problem(world.bindings().list(world.admin(), cloud, 0, "")))
          .isInstanceOf(Problem.Denied.class);
    }
  }

  @Test
  void aThousandFitAndOneMoreDoesNot() {
    try (SimWorld world = SimWorld.of(1)) {
      Bound bound = bound(world, Bound.Kind.SECRET);
      List<AccessBinding> most = accounts(Bindings.BINDINGS_MAX);
      await(world.bindings().set(world.admin(), bound, most));
      assertThat(problem(world.bindings().update(world.admin(), bound, List.of(add(ALICE)))))
          .isEqualTo(new Problem.Exhausted("access.bindings.count", 1000));
      assertThat(await(world.bindings().list(world.admin(), bound, 1000, "")).elements())
          .hasSize(1000);
    }
  }

  private static List<AccessBinding> accounts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> AccessBinding.of("viewer", "serviceAccount", "aje" + i))
        .toList();
  }

  @Test
  void pagesGiveEachOnceWhateverComesAndGoesBetween() {
    try (SimWorld world = SimWorld.of(1)) {
      Bound bound = bound(world, Bound.Kind.SECRET);
      List<AccessBinding> all = accounts(10);
      await(world.bindings().set(world.admin(), bound, all));
      List<AccessBinding> seen = new ArrayList<>();
      String token = "";
      do {
        Page<AccessBinding> page = await(world.bindings().list(world.admin(), bound, 3, token));
        seen.addAll(page.elements());
        token = page.nextToken();
        assertThat(token.length()).isLessThanOrEqualTo(100);
        await(
            world
                .bindings()
                .update(world.admin(), bound, List.of(add(ALICE), add(account("aaa"))))); // First.
      } while (!token.isEmpty());
      assertThat(seen).containsAll(all).doesNotHaveDuplicates();
    }
  }

  private static AccessBinding account(String id) {
    return AccessBinding.of("viewer", "serviceAccount", id);
  }

  @Test
  void aListGoesOnWhereABindingWasAndATokenIsOfItsListAlone() {
    try (SimWorld world = SimWorld.of(1)) {
      Bound bound = bound(world, Bound.Kind.SECRET);
      Bound other = bound(world, Bound.Kind.SECRET);
      await(world.bindings().set(world.admin(), bound, accounts(4)));
      Page<AccessBinding> first = await(world.bindings().list(world.admin(), bound, 2, ""));
      String token = first.nextToken();

      assertThat(problem(world.bindings().list(world.admin(), other, 2, token)))
          .isEqualTo(new Problem.Invalid("page_token", "must be one that this list gave"));
      await(
          world
              .bindings()
              .update(world.admin(), bound, List.of(remove(first.elements().getLast()))));
      Page<AccessBinding> second = await(world.bindings().list(world.admin(), bound, 2, token));
      List<AccessBinding> seen = new ArrayList<>(first.elements());
      seen.addAll(second.elements());
      assertThat(seen).containsExactlyInAnyOrderElementsOf(accounts(4));
    }
  }

  @Test
  void anAdminOfLockboxBindsOnSecretsAndNotOnFolders() {
    try (SimWorld world = SimWorld.of(1)) {
      Bound secret = bound(world, Bound.Kind.SECRET);
      world.bind(world.folder().id(), Role.LOCKBOX_ADMIN, "ajelock");
      await(world.bindings().update(world.believed("ajelock"), secret, List.of(add(BOB))));
      assertThat(
              problem(
                  world
                      .bindings()
                      .update(
                          world.believed("ajelock"),
                          bound(world, Bound.Kind.FOLDER),
                          List.of(add(BOB)))))
          .isEqualTo(new Problem.Denied("resource-manager.folder", world.folder().id()));
    }
  }

  @Test
  void whatCannotBeBoundIsRefusedInWords() {
    assertInvalid("no.such.role", "system", "allUsers", "role_id: must be a role that exists");
    assertInvalid("viewer", "martian", "x", "subject.type: must be userAccount, serviceAccount");
    assertInvalid("viewer", "system", "anonymous", "subject.id: must be allUsers, allAuth");
    assertInvalid(
        "viewer",
        "system",
        "group:organization:a:users:users",
        "subject.id: or group:organization:ID:users");
    assertInvalid("viewer", "system", "group:federation:a:users", "subject.id: must be allUsers");
    assertInvalid("viewer", "certificate", "alice", "in the form of RFC 2253");
    assertInvalid("viewer", "serviceAccount", "a\0b", "subject.id: must be an id");
  }

  private static void assertInvalid(String role, String type, String id, String words) {
    assertThatThrownBy(() -> AccessBinding.of(role, type, id))
        .isInstanceOf(CofferException.class)
        .hasMessageContaining(words.substring(words.indexOf(": ") + 1).strip());
  }
}
