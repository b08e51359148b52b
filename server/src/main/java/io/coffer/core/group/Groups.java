package io.coffer.core.group;

import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Event;
import io.coffer.core.Ids;
import io.coffer.core.Page;
import io.coffer.core.PageTokens;
import io.coffer.core.Subject;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.access.Access;
import io.coffer.core.access.Memberships;
import io.coffer.core.access.Permission;
import io.coffer.core.access.Resource;
import io.coffer.core.folder.Cloud;
import io.coffer.core.folder.Folders;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.core.operation.Operations;
import io.coffer.crypto.Keyring;
import io.coffer.engine.Committed;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The verbs on groups. Who comes or goes counts, or does not, from the next call on. There are no
 * organizations but the clouds: each is one, under its own id.
 */
public final class Groups {
  /** In a store. */
  public static final int GROUPS_MAX = 1_000;

  public static final int PAGE_DEFAULT = 100;

  private final Verbs verbs;
  private final Witness witness;
  private final Ids ids;
  private final PageTokens pageTokens;

  public Groups(Verbs verbs, Witness witness, Ids ids, Keyring keyring) {
    this.verbs = verbs;
    this.witness = witness;
    this.ids = ids;
    this.pageTokens = new PageTokens(keyring);
  }

  /** Makes a group, with nobody in it; its name is one that no other of the organization has. */
  public CompletionStage<Operation> create(Call call, CreateGroup command) {
    Group group = // Drawn outside the body, which may run twice.
        new Group(
            ids.account(),
            command.organizationId(),
            command.name(),
            command.description(),
            call.at(),
            command.labels());
    String operationId = ids.account();
    Event asked =
        Event.of(
            Action.CREATE_GROUP,
            Event.word("organization_id", command.organizationId()),
            Event.word("group_name", command.name()));
    return verbs
        .write(
            call,
            asked,
            tx -> {
              Cloud _ =
                  Access.requireCloud(tx, call, Permission.GROUPS_CREATE, command.organizationId());
              List<Group> all = GroupRows.all(tx);
              if (all.size() >= GROUPS_MAX) {
                throw new Problem.Exhausted("organization-manager.groups.count", GROUPS_MAX)
                    .asException();
              }
              requireFreeName(all, group);
              GroupRows.put(tx, group);
              return record(
                  tx,
                  call,
                  new Change(Action.CREATE_GROUP, OperationKind.CREATE_GROUP),
                  Done.of(group),
                  operationId);
            })
        .thenApply(Committed::value);
  }

  private static void requireFreeName(List<Group> all, Group wanted) {
    if (all.stream()
        .anyMatch(other ->
            other.organizationId().equals(wanted.organizationId())
                && other.name().equals(wanted.name())
                && !other.id().equals(wanted.id()))) {
      throw new Problem.AlreadyExists("group", wanted.name()).asException();
    }
  }

  public CompletionStage<Group> get(Call call, String groupId) {
    return verbs.read(
        call,
        GroupEvents.asked(Action.GET_GROUP, groupId),
        tx -> GroupRows.require(tx, call, Permission.GROUPS_GET, groupId));
  }

  /**
   * The groups of an organization, in the order of ids.
   *
   * @param name of the one wanted, empty for all
   * @param pageSize 0 to 1000; 0 means {@link #PAGE_DEFAULT}
   * @param pageToken empty for the first page
   */
  public CompletionStage<Page<Group>> list(
      Call call, String organizationId, Optional<String> name, int pageSize, String pageToken) {
    return verbs.read(
        call,
        Event.of(Action.LIST_GROUPS, Event.word("organization_id", organizationId)),
        tx -> {
          Cloud _ = Access.requireCloud(tx, call, Permission.GROUPS_LIST, organizationId);
          List<Group> wanted =
              GroupRows.all(tx).stream()
                  .filter(group -> group.organizationId().equals(organizationId))
                  .filter(group -> name.map(group.name()::equals).orElse(true))
                  .toList();
          return page(wanted, Group::id, "groups\0" + organizationId, pageSize, pageToken);
        });
  }

  public CompletionStage<Operation> update(Call call, UpdateGroup command) {
    return change(
        call,
        new Change(Action.UPDATE_GROUP, OperationKind.UPDATE_GROUP),
        Permission.GROUPS_UPDATE,
        command.groupId(),
        (tx, group) -> {
          Group changed = command.of(group);
          requireFreeName(GroupRows.all(tx), changed);
          GroupRows.put(tx, changed);
          return Done.of(changed);
        });
  }

  /**
   * Takes the group away with what is bound on it. What is bound to it elsewhere stays, and permits
   * nothing: nobody is in it, and its id is never used again.
   */
  public CompletionStage<Operation> delete(Call call, String groupId) {
    return change(
        call,
        new Change(Action.DELETE_GROUP, OperationKind.DELETE_GROUP),
        Permission.GROUPS_DELETE,
        groupId,
        (tx, group) -> {
          GroupRows.delete(tx, groupId);
          return Done.of(group);
        });
  }

  /** Who is in a group, by type and id; parameters as of {@link #list}. */
  public CompletionStage<Page<Subject>> members(
      Call call, String groupId, int pageSize, String pageToken) {
    return verbs.read(
        call,
        GroupEvents.asked(Action.LIST_GROUP_MEMBERS, groupId),
        tx -> {
          Group _ = GroupRows.require(tx, call, Permission.GROUP_MEMBERS_LIST, groupId);
          return page(
              Memberships.members(tx, groupId),
              member -> member.type().wireName() + "/" + member.id(),
              "members\0" + groupId,
              pageSize,
              pageToken);
        });
  }

  /** Adds who is not in it and removes who is; the rest of {@code deltas} changes nothing. */
  public CompletionStage<Operation> updateMembers(
      Call call, String groupId, List<MemberDelta> deltas) {
    List<MemberDelta> copy = List.copyOf(deltas);
    return change(
        call,
        new Change(Action.UPDATE_GROUP_MEMBERS, OperationKind.UPDATE_GROUP_MEMBERS),
        Permission.GROUP_MEMBERS_UPDATE,
        groupId,
        (tx, group) -> new Done(group, Members.change(tx, groupId, copy)));
  }

  /** What was done to a group, the newest first; parameters as of {@link #list}. */
  public CompletionStage<Page<Operation>> listOperations(
      Call call, String groupId, int pageSize, String pageToken) {
    int size = pageSize == 0 ? PAGE_DEFAULT : pageSize;
    return verbs.read(
        call,
        GroupEvents.asked(Action.LIST_GROUP_OPERATIONS, groupId),
        tx -> {
          Group _ = GroupRows.require(tx, call, Permission.GROUPS_GET, groupId);
          return Operations.page(tx, pageTokens, groupId, size, pageToken);
        });
  }

  /**
   * The groups that a subject is in: to himself all, to others those of organizations whose groups
   * they may list.
   *
   * @param organizationId of the groups wanted, empty for any
   * @param name of the group wanted, empty for all
   */
  public CompletionStage<Page<Membership>> effective(
      Call call,
      String subjectId,
      String organizationId,
      Optional<String> name,
      int pageSize,
      String pageToken) {
    return verbs.read(
        call,
        Event.of(Action.LIST_EFFECTIVE_GROUPS, Event.word("subject_id", subjectId)),
        tx -> {
          boolean himself = isHimself(call.caller(), subjectId);
          Set<String> shown = listable(tx, call.caller());
          if (shown.isEmpty() && !himself) {
            throw new Problem.Denied("iam.subject", subjectId).asException();
          }
          List<Membership> wanted =
              groupsOf(tx, call.caller(), himself, subjectId).stream()
                  .flatMap(groupId -> GroupRows.find(tx, groupId).stream())
                  .filter(group -> himself || shown.contains(group.organizationId()))
                  .filter(group ->
                      organizationId.isEmpty() || group.organizationId().equals(organizationId))
                  .filter(group -> name.map(group.name()::equals).orElse(true))
                  .map(group -> new Membership(group.id(), group.name()))
                  .toList();
          return page(
              wanted,
              Membership::groupId,
              "memberships\0" + organizationId + "\0" + subjectId,
              pageSize,
              pageToken);
        });
  }

  /** A credential with scopes is for what they say, which is nothing of this. */
  private static boolean isHimself(Caller caller, String subjectId) {
    return caller.believed()
        && caller.subject().id().equals(subjectId)
        && caller.scopes().isEmpty();
  }

  private static Set<String> listable(ReadTx tx, Caller caller) {
    return Folders.clouds(tx).stream()
        .filter(cloud -> Access.allows(tx, caller, Permission.GROUPS_LIST, Resource.of(cloud)))
        .map(Cloud::id)
        .collect(Collectors.toSet());
  }

  /** Of whoever has that id, since the wire does not say of what type he is. */
  private static Set<String> groupsOf(ReadTx tx, Caller caller, boolean himself, String subjectId) {
    if (himself) {
      return Memberships.groupsOf(tx, caller.subject());
    }
    if (subjectId.indexOf('\0') >= 0) {
      return Set.of();
    }
    Set<String> groups = new TreeSet<>();
    Arrays.stream(Subject.Type.values())
        .forEach(type -> groups.addAll(Memberships.groupsOf(tx, new Subject(type, subjectId))));
    return groups;
  }

  /** What a change is called in the trail, and the operation it leaves. */
  private record Change(Action action, OperationKind kind) {}

  /**
   * What a change has come to.
   *
   * @param members that came and went
   */
  private record Done(Group group, List<String> members) {
    static Done of(Group group) {
      return new Done(group, List.of());
    }
  }

  private CompletionStage<Operation> change(
      Call call,
      Change named,
      Permission permission,
      String groupId,
      BiFunction<WriteTx, Group, Done> body) {
    String operationId = ids.account(); // Outside the body, which may run twice.
    return verbs
        .write(
            call,
            GroupEvents.asked(named.action(), groupId),
            tx -> {
              Group group = GroupRows.require(tx, call, permission, groupId);
              Operation operation = record(tx, call, named, body.apply(tx, group), operationId);
              if (named.kind() == OperationKind.DELETE_GROUP) {
                Operations.forget(tx, groupId);
              }
              return operation;
            })
        .thenApply(Committed::value);
  }

  private Operation record(WriteTx tx, Call call, Change named, Done done, String operationId) {
    Group group = done.group();
    Bytes result = GroupCodec.encode(group);
    Operation operation =
        Operation.done(
            operationId, named.kind(), call, group.organizationId(), group.id(), "", result);
    Operations.put(tx, operation);
    Event event = GroupEvents.of(named.action(), group);
    witness.saw(
        tx,
        call,
        named.kind() == OperationKind.UPDATE_GROUP_MEMBERS
            ? event.with(Event.words("member_deltas", done.members()))
            : event);
    return operation;
  }

  /** What comes behind the page that {@code pageToken} ended, in the order of marks. */
  private <T> Page<T> page(
      List<T> all, Function<T, String> mark, String list, int pageSize, String pageToken) {
    int size = pageSize == 0 ? PAGE_DEFAULT : pageSize;
    String last = pageToken.isEmpty() ? "" : pageTokens.lastId(list, pageToken);
    List<T> rest =
        all.stream()
            .sorted(Comparator.comparing(mark))
            .filter(each -> mark.apply(each).compareTo(last) > 0)
            .limit(size + 1L)
            .toList();
    List<T> page = rest.subList(0, Math.min(size, rest.size()));
    return new Page<>(
        page, rest.size() > size ? pageTokens.after(list, mark.apply(page.getLast())) : "");
  }
}
