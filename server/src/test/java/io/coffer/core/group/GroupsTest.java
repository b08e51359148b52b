package io.coffer.core.group;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.stored.AuditRecord;
import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Page;
import io.coffer.core.Subject;
import io.coffer.core.access.Memberships;
import io.coffer.core.access.Role;
import io.coffer.core.iam.AccountDrafts;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.engine.Row;
import io.coffer.testing.SimWorld;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GroupsTest {
  private final SimWorld world = SimWorld.of(31);
  private final String organizationId = world.folder().cloudId();

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private List<Subject> members(String groupId) {
    return await(world.groups().members(world.admin(), groupId, 1000, "")).elements();
  }

  private Problem refusedToAdd(String groupId, String subjectId) {
    return problem(
        world.groups().updateMembers(world.admin(), groupId, GroupDrafts.add(subjectId)));
  }

  /** The keys of all rows, as text. */
  private List<String> keysWith(String part) {
    return world.rows().stream()
        .map(Row::key)
        .map(key -> new String(key.shared(), StandardCharsets.UTF_8))
        .filter(key -> key.contains(part))
        .toList();
  }

  @Test
  void aGroupIsMadeShownListedAndOnRecord() {
    TreeMap<String, String> labels = new TreeMap<>();
    labels.put("team", "a");
    CreateGroup command = new CreateGroup(organizationId, "builders", "who build", labels);
    Operation made = await(world.groups().create(world.admin(), command));

    Group group = await(world.groups().get(world.admin(), made.resourceId()));
    assertThat(group)
        .isEqualTo(
            new Group(
                made.resourceId(), organizationId, "builders", "who build", world.now(), labels));
    assertThat(group.id()).matches("aje[0-9a-z]{17}");
    assertThat(made.kind()).isEqualTo(OperationKind.CREATE_GROUP);
    assertThat(Group.decode(made.result())).isEqualTo(group);
    assertThat(await(world.operations().get(world.admin(), made.id()))).isEqualTo(made);
    assertThat(listed(Optional.empty())).containsExactly(group);
    assertThat(listed(Optional.of("builders"))).containsExactly(group);
    assertThat(listed(Optional.of("nobody"))).isEmpty();
    assertThat(members(group.id())).isEmpty();
    AuditRecord record = world.records().getLast();
    assertThat(record.getEventType())
        .isEqualTo("yandex.cloud.audit.organizationmanager.CreateGroup");
    assertThat(record.toString()).contains(group.id(), "builders", organizationId);
  }

  private List<Group> listed(Optional<String> name) {
    return await(world.groups().list(world.admin(), organizationId, name, 0, "")).elements();
  }

  @Test
  void aNameIsTakenUntilItIsGivenUp() {
    String groupId = GroupDrafts.made(world, "one");
    String other = GroupDrafts.made(world, "other");
    Problem taken = new Problem.AlreadyExists("group", "one");

    assertThat(
            problem(world.groups().create(world.admin(), GroupDrafts.group(organizationId, "one"))))
        .isEqualTo(taken);
    assertThat(problem(world.groups().update(world.admin(), GroupDrafts.rename(other, "one"))))
        .isEqualTo(taken);
    await(world.groups().update(world.admin(), GroupDrafts.rename(groupId, "one")));
    await(world.groups().delete(world.admin(), groupId));
    await(world.groups().update(world.admin(), GroupDrafts.rename(other, "one")));
  }

  @Test
  void onlyWhatTheMaskNamesIsChanged() {
    String groupId = GroupDrafts.made(world, "one");
    await(
        world
            .groups()
            .update(
                world.admin(),
                new UpdateGroup(
                    groupId,
                    Set.of(UpdateGroup.Field.DESCRIPTION),
                    "not-this",
                    "d",
                    new TreeMap<>())));
    Group group = await(world.groups().get(world.admin(), groupId));
    assertThat(group.name()).isEqualTo("one");
    assertThat(group.description()).isEqualTo("d");
  }

  @Test
  void membersComeAndGoByTheirIdsAndOnRecord() {
    String groupId = GroupDrafts.made(world, "one");
    String robot = AccountDrafts.made(world, "robot");
    GroupDrafts.change(
        world, groupId, GroupDrafts.add(robot, robot, "CN=alice, O=team", "federatedUser:someone"));

    assertThat(members(groupId))
        .containsExactly(
            new Subject(Subject.Type.CERTIFICATE, "CN=alice,O=team"),
            new Subject(Subject.Type.FEDERATED_USER, "someone"),
            SimWorld.account(robot));
    AuditRecord record = world.records().getLast();
    assertThat(record.getEventType())
        .isEqualTo("yandex.cloud.audit.organizationmanager.UpdateGroupMembers");
    assertThat(lastDeltas())
        .containsExactlyInAnyOrder(
            "ADD serviceAccount:" + robot,
            "ADD certificate:CN=alice,O=team",
            "ADD federatedUser:someone");

    GroupDrafts.change(world, groupId, GroupDrafts.remove(robot, "CN=alice , O=team", "nobody"));
    assertThat(members(groupId))
        .containsExactly(new Subject(Subject.Type.FEDERATED_USER, "someone"));
    GroupDrafts.change(world, groupId, GroupDrafts.remove("someone"));
    assertThat(members(groupId)).isEmpty();
    GroupDrafts.change(world, groupId, GroupDrafts.remove("someone"));
    assertThat(lastDeltas()).isEmpty();
  }

  private List<String> lastDeltas() {
    return List.copyOf(world.records().getLast().getDetailsList().getLast().getValuesList());
  }

  @Test
  void theLastOfSeveralChangesOfOneMemberCounts() {
    String groupId = GroupDrafts.made(world, "one");
    String robot = AccountDrafts.made(world, "robot");
    List<MemberDelta> deltas = new ArrayList<>(GroupDrafts.add(robot));
    deltas.addAll(GroupDrafts.remove(robot));
    GroupDrafts.change(world, groupId, deltas);
    assertThat(members(groupId)).isEmpty();
    assertThat(keysWith("member")).isEmpty();
  }

  @Test
  void whoCannotBeAMemberIsRefusedInWords() {
    String groupId = GroupDrafts.made(world, "one");
    String inner = GroupDrafts.made(world, "inner");
    assertThat(refusedToAdd(groupId, inner))
        .isEqualTo(
            new Problem.Invalid("subject_id", "must not be a group: groups are in no groups"));
    for (String nobody :
        new String[] {
          "ajenone", "federatedUser:", "federatedUser:a\0b", "a\0b", "allUsers", "=x"
        }) {
      assertThat(refusedToAdd(groupId, nobody)).as(nobody).isInstanceOf(Problem.Invalid.class);
    }
    assertThat(members(groupId)).isEmpty();
  }

  @Test
  void whatIsDeletedIsInNoGroup() {
    String groupId = GroupDrafts.made(world, "one");
    String robot = AccountDrafts.made(world, "robot");
    String stays = AccountDrafts.made(world, "stays");
    GroupDrafts.change(world, groupId, GroupDrafts.add(robot, stays));

    await(world.accounts().delete(world.admin(), robot));

    assertThat(members(groupId)).containsExactly(SimWorld.account(stays));
    assertThat(keysWith(robot)).isEmpty();
  }

  @Test
  void aGroupThatIsDeletedLeavesNothingOfItself() {
    String groupId = GroupDrafts.made(world, "one");
    String robot = AccountDrafts.made(world, "robot");
    GroupDrafts.change(world, groupId, GroupDrafts.add(robot, "CN=alice"));
    world.bind(groupId, Role.ADMIN, "ajesomebody");
    world.bind(world.folder().id(), Role.LOCKBOX_VIEWER, GroupDrafts.subject(groupId));
    await(world.secrets().list(world.believed(robot), world.folder().id(), 0, ""));

    Operation gone = await(world.groups().delete(world.admin(), groupId));

    assertThat(problem(world.secrets().list(world.believed(robot), world.folder().id(), 0, "")))
        .isInstanceOf(Problem.Denied.class);
    assertThat(problem(world.groups().get(world.admin(), groupId)))
        .isEqualTo(new Problem.NotFound("group", groupId));
    assertThat(await(world.operations().get(world.admin(), gone.id()))).isEqualTo(gone);
    assertThat(keysWith(groupId)).isEmpty();
  }

  @Test
  void aThousandGroupsFitAndOneMoreDoesNot() {
    await(
        world
            .engine()
            .write(tx -> {
              for (int i = 0; i < Groups.GROUPS_MAX - 1; i++) {
                GroupRows.put(
                    tx,
                    new Group(
                        "aje" + i, organizationId, "n" + i, "", world.now(), new TreeMap<>()));
              }
              return true;
            }));
    GroupDrafts.made(world, "last");
    assertThat(
            problem(
                world.groups().create(world.admin(), GroupDrafts.group(organizationId, "more"))))
        .isEqualTo(new Problem.Exhausted("organization-manager.groups.count", 1000));
    assertThat(
            await(world.groups().list(world.admin(), organizationId, Optional.empty(), 1000, ""))
                .elements())
        .hasSize(1000);
  }

  @Test
  void aThousandMembersFitAndOneMoreDoesNot() {
    String groupId = GroupDrafts.made(world, "one");
    String[] thousand =
        IntStream.range(0, Memberships.MEMBERS_MAX)
            .mapToObj(i -> "federatedUser:u" + i)
            .toArray(String[]::new);
    GroupDrafts.change(world, groupId, GroupDrafts.add(thousand));
    assertThat(members(groupId)).hasSize(1000);

    assertThat(refusedToAdd(groupId, "CN=alice"))
        .isEqualTo(new Problem.Exhausted("organization-manager.groupMembers.count", 1000));
    List<MemberDelta> exchange = new ArrayList<>(GroupDrafts.add("CN=alice"));
    exchange.addAll(GroupDrafts.remove("u0"));
    GroupDrafts.change(world, groupId, exchange);
    assertThat(members(groupId)).hasSize(1000);
    await(world.groups().delete(world.admin(), groupId));
    assertThat(keysWith("member")).isEmpty();
  }

  @Test
  void aSubjectIsInAHundredGroupsAndNoMore() {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < Memberships.GROUPS_MAX; i++) {
      groups.add(GroupDrafts.made(world, "n" + i));
      GroupDrafts.change(world, groups.getLast(), GroupDrafts.add("CN=alice"));
    }
    String more = GroupDrafts.made(world, "more");
    assertThat(refusedToAdd(more, "CN=alice"))
        .isEqualTo(new Problem.Exhausted("organization-manager.groupsOfMember.count", 100));
    GroupDrafts.change(world, more, GroupDrafts.add("CN=bob"));
    GroupDrafts.change(world, groups.getFirst(), GroupDrafts.remove("CN=alice"));
    GroupDrafts.change(world, more, GroupDrafts.add("CN=alice"));
  }

  @Test
  void pagesGiveEachOnce() {
    String groupId = GroupDrafts.made(world, "n0");
    for (int i = 1; i < 7; i++) {
      GroupDrafts.change(world, GroupDrafts.made(world, "n" + i), GroupDrafts.add("CN=alice"));
    }
    String robot = AccountDrafts.made(world, "robot");
    GroupDrafts.change(
        world, groupId, GroupDrafts.add("CN=a", "CN=b", "federatedUser:c", robot, "CN=alice"));

    assertThat(
            all(token ->
                await(
                    world
                        .groups()
                        .list(world.admin(), organizationId, Optional.empty(), 3, token))))
        .hasSize(7)
        .doesNotHaveDuplicates();
    assertThat(all(token -> await(world.groups().members(world.admin(), groupId, 2, token))))
        .hasSize(5)
        .doesNotHaveDuplicates();
    assertThat(all(token -> await(world.groups().listOperations(world.admin(), groupId, 1, token))))
        .hasSize(2)
        .doesNotHaveDuplicates();
    assertThat(
            all(token ->
                await(
                    world
                        .groups()
                        .effective(world.admin(), "CN=alice", "", Optional.empty(), 2, token))))
        .hasSize(7)
        .doesNotHaveDuplicates();
    assertThat(problem(world.groups().members(world.admin(), groupId, 0, "made-up")))
        .isInstanceOf(Problem.Invalid.class);
  }

  private static <T> List<T> all(Function<String, Page<T>> list) {
    List<T> seen = new ArrayList<>();
    String token = "";
    do {
      Page<T> page = list.apply(token);
      seen.addAll(page.elements());
      token = page.nextToken();
    } while (!token.isEmpty());
    return seen;
  }

  @Test
  void whoIsInWhichGroupIsToldToHimselfAndToWhoeverMayListGroups() {
    String groupId = GroupDrafts.made(world, "one");
    String robot = AccountDrafts.made(world, "robot");
    GroupDrafts.change(world, groupId, GroupDrafts.add(robot));
    List<Membership> one = List.of(new Membership(groupId, "one"));

    assertThat(effective("ajestranger", robot, "")).isEmpty();
    assertThat(effective(robot, robot, "")).contains(one);
    assertThat(effective(robot, "ajestranger", "")).isEmpty();
    world.bind(organizationId, Role.ORGANIZATION_VIEWER, "ajeviewer");
    assertThat(effective("ajeviewer", robot, "")).contains(one);
    assertThat(effective("ajeviewer", robot, organizationId)).contains(one);
    assertThat(effective("ajeviewer", robot, "b1gother")).contains(List.of());
    assertThat(effective("ajeviewer", "ajenobody", "")).contains(List.of());
    assertThat(effective("ajeviewer", "a\0b", "")).contains(List.of());
  }

  /** Empty if he is refused. */
  private Optional<List<Membership>> effective(
      String caller, String subjectId, String organization) {
    try {
      return Optional.of(
          await(
                  world
                      .groups()
                      .effective(
                          world.believed(caller), subjectId, organization, Optional.empty(), 0, ""))
              .elements());
    } catch (CofferException e) {
      assertThat(e.problem()).isEqualTo(new Problem.Denied("iam.subject", subjectId));
      return Optional.empty();
    }
  }

  @Test
  void aRoleOnOneGroupSaysNothingAboutAnother() {
    String mine = GroupDrafts.made(world, "mine");
    String other = GroupDrafts.made(world, "other");
    world.bind(mine, Role.ORGANIZATION_MEMBER_ADMIN, "ajekeeper");

    await(world.groups().updateMembers(world.believed("ajekeeper"), mine, GroupDrafts.add("CN=a")));
    for (String there : List.of(other, "ajenone")) {
      assertThat(
              problem(
                  world
                      .groups()
                      .updateMembers(world.believed("ajekeeper"), there, GroupDrafts.add("CN=a"))))
          .isEqualTo(new Problem.Denied("organization-manager.group", there));
    }
    assertThat(problem(world.groups().delete(world.believed("ajekeeper"), mine)))
        .isEqualTo(new Problem.Denied("organization-manager.group", mine));
    assertThat(
            problem(
                world
                    .groups()
                    .create(world.believed("ajekeeper"), GroupDrafts.group(organizationId, "new"))))
        .isEqualTo(new Problem.Denied("resource-manager.cloud", organizationId));
  }

  @Test
  void anOrganizationThatIsNotThereIsNotFoundByThoseWhoMayLook() {
    assertThat(problem(world.groups().create(world.admin(), GroupDrafts.group("b1gnone", "one"))))
        .isEqualTo(new Problem.NotFound("cloud", "b1gnone"));
    assertThat(
            problem(
                world.groups().list(world.believed("ajex"), "b1gnone", Optional.empty(), 0, "")))
        .isEqualTo(new Problem.Denied("resource-manager.cloud", "b1gnone"));
  }
}
