package io.coffer.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Caller;
import io.coffer.core.Subject;
import io.coffer.core.folder.Cloud;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.core.folder.Profile;
import io.coffer.core.iam.Accounts;
import io.coffer.core.iam.ServiceAccount;
import io.coffer.core.iam.UserAccount;
import io.coffer.engine.BatchTail;
import io.coffer.engine.MemoryEngine;
import io.coffer.testing.Seeds;
import io.coffer.testing.SimWorld;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A million decisions, five thousand for each of two hundred worlds of bindings, beside a model
 * that knows no rows: who holds what is a map, what is granted and who is in which group are sets,
 * and a decision a walk up. Between decisions members come and go.
 */
final class AccessModelTest {
  private static final int DECISIONS = 5_000;
  private static final List<String> IDS = List.of("a", "b", "c", "allUsers");
  private static final List<String> SYSTEM_IDS =
      List.of(
          "allUsers",
          "allAuthenticatedUsers",
          "group:organization:cloud0:users",
          "group:organization:cloud1:users");
  private static final List<Subject.Type> MEMBERS =
      List.of(
          Subject.Type.SERVICE_ACCOUNT,
          Subject.Type.USER_ACCOUNT,
          Subject.Type.FEDERATED_USER,
          Subject.Type.CERTIFICATE);
  private static final List<Caller.Via> VIAS =
      List.of(Caller.Via.IAM_TOKEN, Caller.Via.API_KEY, Caller.Via.CERTIFICATE, Caller.Via.NOTHING);

  private record Member(String groupId, Subject subject) {}

  private record Grant(String resourceId, String roleId, Subject subject) {}

  /** What there is, and what is granted on it. */
  private static final class Model {
    final Map<String, String> holders = new HashMap<>();
    final Set<Grant> grants = new HashSet<>();
    final Set<Member> members = new HashSet<>();
    final Map<Subject, String> organizations = new HashMap<>();

    boolean allows(Caller caller, Permission permission, String resourceId) {
      if (caller.via() == Caller.Via.NOTHING) {
        return false;
      }
      boolean scoped =
          caller.scopes().isEmpty()
              || caller.scopes().stream().anyMatch(scope -> permits(scope, permission));
      return scoped && granted(caller, permission, resourceId);
    }

    private boolean granted(Caller caller, Permission permission, String resourceId) {
      for (Grant grant : grants) {
        if (grant.resourceId().equals(resourceId)
            && permits(grant.roleId(), permission)
            && isHe(grant.subject(), caller.subject())) {
          return true;
        }
      }
      String holder = holders.get(resourceId);
      return holder != null && granted(caller, permission, holder);
    }

    private boolean isHe(Subject bound, Subject caller) {
      if (bound.type() == caller.type() && bound.id().equals(caller.id())) {
        return true;
      }
      if (bound.type() == Subject.Type.GROUP) {
        return members.contains(new Member(bound.id(), caller));
      }
      return bound.type() == Subject.Type.SYSTEM
          && (bound.id().startsWith("all")
              || bound.id().split(":", -1)[2].equals(organizations.get(caller)));
    }

    private static boolean permits(String roleId, Permission permission) {
      for (Role role : Role.values()) {
        if (role.id().equals(roleId)) {
          return role.permissions().contains(permission);
        }
      }
      return false;
    }
  }

  @Seeds
  void everyDecisionIsAsANaiveModelHasIt(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(seed);
    Model model = new Model();
    List<Resource> resources = resources(model);
    try (MemoryEngine engine = new MemoryEngine(BatchTail.NONE)) {
      for (Resource resource : resources) {
        List<AccessBinding> bindings = bindings(random);
        bindings.forEach(binding ->
            model.grants.add(new Grant(resource.id(), binding.role().id(), binding.subject())));
        SimWorld.await(
            engine.write(tx -> {
              Access.bind(tx, resource.id(), bindings);
              return true;
            }));
      }
      settle(engine, model);
      int allowed = 0;
      for (int i = 0; i < DECISIONS; i++) {
        if (random.nextInt(20) == 0) {
          changeMembers(engine, model, random);
        }
        Resource resource = one(random, resources);
        Permission permission = one(random, List.of(Permission.values()));
        Caller caller = caller(random);
        boolean decided = engine.read(tx -> Access.allows(tx, caller, permission, resource));
        assertThat(decided)
            .as("%s %s %s", caller, permission, resource)
            .isEqualTo(model.allows(caller, permission, resource.id()));
        allowed += decided ? 1 : 0;
      }
      assertThat(allowed).as("of both kinds there are some").isBetween(1, DECISIONS - 1);
    }
  }

  /** Of the accounts, a is in the one cloud and b in the other; c is nowhere. */
  private static void settle(MemoryEngine engine, Model model) {
    SimWorld.await(
        engine.write(tx -> {
          for (int c = 0; c < 2; c++) {
            Folder folder =
                new Folder(
                    "folder" + c + "0",
                    "cloud" + c,
                    Profile.of("f"),
                    Instant.EPOCH,
                    Folder.Names.FREE);
            ServiceAccount account =
                new ServiceAccount(IDS.get(c), folder.id(), "n", "", Instant.EPOCH);
            Folders.put(tx, folder);
            Accounts.put(tx, account);
            model.organizations.put(account.subject(), "cloud" + c);
            // Of the people it is the other way round: types are not to be mixed up.
            UserAccount person =
                new UserAccount(IDS.get(c), "cloud" + (1 - c), "n", "", Instant.EPOCH);
            Accounts.put(tx, person);
            model.organizations.put(person.subject(), "cloud" + (1 - c));
          }
          return true;
        }));
  }

  private static void changeMembers(MemoryEngine engine, Model model, RandomGenerator random) {
    String groupId = one(random, IDS);
    Subject member = new Subject(one(random, MEMBERS), one(random, IDS));
    boolean comes = random.nextBoolean();
    SimWorld.await(
        engine.write(tx -> {
          if (comes) {
            Memberships.add(tx, groupId, member);
          } else {
            Memberships.remove(tx, groupId, member);
          }
          return true;
        }));
    if (comes) {
      model.members.add(new Member(groupId, member));
    } else {
      model.members.remove(new Member(groupId, member));
    }
  }

  /** Two clouds, two folders in each, and in each folder one of a kind. */
  private static List<Resource> resources(Model model) {
    List<Resource> all = new ArrayList<>();
    for (int c = 0; c < 2; c++) {
      Cloud cloud = new Cloud("cloud" + c, Profile.of("c"), Instant.EPOCH);
      all.add(Resource.of(cloud));
      for (int f = 0; f < 2; f++) {
        Folder folder =
            new Folder(
                "folder" + c + f, cloud.id(), Profile.of("f"), Instant.EPOCH, Folder.Names.FREE);
        List<Resource> held =
            List.of(
                Resource.secret("secret" + c + f, folder),
                Resource.symmetricKey("key" + c + f, folder),
                Resource.serviceAccount("account" + c + f, folder),
                Resource.group("group" + c + f, cloud.id()));
        all.add(Resource.of(folder));
        all.addAll(held);
        model.holders.put(folder.id(), cloud.id());
        held.forEach(resource -> model.holders.put(resource.id(), resource.lineage().get(1)));
      }
    }
    return all;
  }

  private static List<AccessBinding> bindings(RandomGenerator random) {
    List<AccessBinding> bindings = new ArrayList<>();
    int count = random.nextInt(5);
    while (bindings.size() < count) {
      bindings.add(new AccessBinding(one(random, List.of(Role.values())), subject(random)));
    }
    return bindings;
  }

  /** Few ids, the same for every type: who is taken for another shows. */
  private static Subject subject(RandomGenerator random) {
    Subject.Type type = one(random, List.of(Subject.Type.values()));
    return new Subject(type, one(random, type == Subject.Type.SYSTEM ? SYSTEM_IDS : IDS));
  }

  private static Caller caller(RandomGenerator random) {
    List<String> scopes = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      for (int i = random.nextInt(3); i >= 0; i--) {
        scopes.add(random.nextInt(8) == 0 ? "gone.role" : one(random, List.of(Role.values())).id());
      }
    }
    return new Caller(subject(random), "", one(random, VIAS), scopes);
  }

  private static <T> T one(RandomGenerator random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
