package io.coffer.core.access;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Keyspace;
import io.coffer.core.Subject;
import io.coffer.core.group.GroupDrafts;
import io.coffer.core.iam.AccountDrafts;
import io.coffer.crypto.TamperedException;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import io.coffer.testing.SimWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is bound to groups, and what deciding about it costs. */
final class GroupAccessTest {
  private static boolean mayList(SimWorld world, Call call) {
    try {
      return await(world.secrets().list(call, world.folder().id(), 0, "")) != null;
    } catch (CofferException e) {
      assertThat(e.problem()).isInstanceOf(Problem.Denied.class);
      return false;
    }
  }

  private static Call as(SimWorld world, Subject.Type type, String id) {
    return world.call(
        new Caller(new Subject(type, id), "", Caller.Via.IAM_TOKEN), Call.Door.LOCKBOX);
  }

  @Test
  void whatIsBoundToAGroupCountsForItsMembersWhileTheyAre() {
    try (SimWorld world = SimWorld.of(3)) {
      String groupId = GroupDrafts.made(world, "readers");
      String robot = AccountDrafts.made(world, "robot");
      world.bind(world.folder().id(), Role.LOCKBOX_VIEWER, GroupDrafts.subject(groupId));
      Call call = world.believed(robot);

      assertThat(mayList(world, call)).isFalse();
      GroupDrafts.change(world, groupId, GroupDrafts.add(robot));
      assertThat(mayList(world, call)).isTrue();
      assertThat(mayList(world, world.believed(groupId))).isFalse();
      assertThat(mayList(world, as(world, Subject.Type.USER_ACCOUNT, robot))).isFalse();
      GroupDrafts.change(world, groupId, GroupDrafts.remove(robot));
      assertThat(mayList(world, call)).isFalse();
    }
  }

  @Test
  void aRoleOnAGroupIsNotTheGroups() {
    try (SimWorld world = SimWorld.of(3)) {
      String groupId = GroupDrafts.made(world, "readers");
      String robot = AccountDrafts.made(world, "robot");
      GroupDrafts.change(world, groupId, GroupDrafts.add(robot));
      world.bind(groupId, Role.ADMIN, "ajekeeper");
      world.bind(world.folder().id(), Role.LOCKBOX_VIEWER, GroupDrafts.subject(groupId));
      assertThat(mayList(world, world.believed("ajekeeper"))).isFalse();
      assertThat(mayList(world, world.believed(robot))).isTrue();
    }
  }

  @Test
  void allAccountsOfAnOrganizationAreThoseThatAreThere() {
    try (SimWorld world = SimWorld.of(3)) {
      String robot = AccountDrafts.made(world, "robot");
      String cloud = world.folder().cloudId();
      Subject all =
          AccessBinding.of("viewer", "system", "group:organization:" + cloud + ":users").subject();
      world.bind(world.folder().id(), Role.LOCKBOX_VIEWER, all);

      assertThat(mayList(world, world.believed(robot))).isTrue();
      assertThat(mayList(world, world.believed("ajenowhere"))).isFalse();
      for (Subject.Type type : List.of(Subject.Type.FEDERATED_USER, Subject.Type.CERTIFICATE)) {
        assertThat(mayList(world, as(world, type, robot))).isFalse();
      }
      await(world.accounts().delete(world.admin(), robot));
      assertThat(mayList(world, world.believed(robot))).isFalse();
    }
  }

  @Test
  void theAccountsOfAnotherOrganizationAreNotMeant() {
    try (SimWorld world = SimWorld.of(3)) {
      String robot = AccountDrafts.made(world, "robot");
      world.bind(
          world.folder().id(),
          Role.LOCKBOX_VIEWER,
          new Subject(Subject.Type.SYSTEM, "group:organization:b1gother:users"));
      assertThat(mayList(world, world.believed(robot))).isFalse();
    }
  }

  /** A snapshot that says where it was looked through. */
  private static final class Watched implements ReadTx {
    private final ReadTx tx;
    private final List<Bytes> scans = new ArrayList<>();

    Watched(ReadTx tx) {
      this.tx = tx;
    }

    @Override
    public long revision() {
      return tx.revision();
    }

    @Override
    public Optional<Row> get(Bytes key) {
      return tx.get(key);
    }

    @Override
    public List<Row> scan(Bytes from, Bytes to, int limit) {
      scans.add(from);
      return tx.scan(from, to, limit);
    }
  }

  private static List<Bytes> looks(SimWorld world, Caller caller, Resource resource) {
    return world
        .engine()
        .read(tx -> {
          Watched watched = new Watched(tx);
          assertThat(Access.allows(watched, caller, Permission.SECRETS_GET, resource)).isFalse();
          return watched.scans;
        });
  }

  @Test
  void aDecisionLooksForGroupsOnceAndOnlyIfABindingNamesOne() {
    try (SimWorld world = SimWorld.of(3)) {
      Subject robot = SimWorld.account("ajerobot");
      Caller caller = new Caller(robot, "", Caller.Via.IAM_TOKEN);
      Resource secret = Resource.secret("e6qsecret", world.folder());
      world.bind(world.folder().id(), Role.LOCKBOX_VIEWER, "ajeother");
      assertThat(looks(world, caller, secret)).isEmpty();

      for (int i = 0; i < 5; i++) {
        world.bind("e6qsecret", Role.LOCKBOX_VIEWER, GroupDrafts.subject("ajegroup" + i));
        world.bind(world.folder().id(), Role.LOCKBOX_VIEWER, GroupDrafts.subject("ajegroup" + i));
      }
      assertThat(looks(world, caller, secret))
          .containsExactly(Keyspace.groupsOfMember(robot).from());
    }
  }

  @Test
  void aRoleThatDoesNotPermitIsNoReasonToLookForGroups() {
    try (SimWorld world = SimWorld.of(3)) {
      Caller caller = new Caller(SimWorld.account("ajerobot"), "", Caller.Via.IAM_TOKEN);
      world.bind("e6qsecret", Role.KMS_VIEWER, GroupDrafts.subject("ajegroup"));
      assertThat(looks(world, caller, Resource.secret("e6qsecret", world.folder()))).isEmpty();
    }
  }

  @Test
  void aMembershipThatWasForgedWhereRowsAreStoredIsNotBelieved() {
    try (SimWorld world = SimWorld.of(3)) {
      String groupId = GroupDrafts.made(world, "readers");
      world.bind(world.folder().id(), Role.LOCKBOX_VIEWER, GroupDrafts.subject(groupId));
      Call forger = world.believed("ajeforger");
      await(
          world
              .untrusted()
              .write(tx -> {
                tx.put(Keyspace.groupOfMember(forger.caller().subject(), groupId), Bytes.EMPTY);
                return true;
              }));
      assertThatThrownBy(() -> mayList(world, forger)).isInstanceOf(TamperedException.class);
    }
  }

  @Test
  void whoMayLookNowhereIsDeniedAGroupWhetherItIsThereOrNot() {
    try (SimWorld world = SimWorld.of(3)) {
      String groupId = GroupDrafts.made(world, "readers");
      for (String id : List.of(groupId, "ajenone")) {
        assertThat(problem(world.groups().get(world.believed("ajestranger"), id)))
            .isEqualTo(new Problem.Denied("organization-manager.group", id));
      }
    }
  }
}
