package io.coffer.core.group;

import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Keyspace;
import io.coffer.core.access.Access;
import io.coffer.core.access.Memberships;
import io.coffer.core.access.Permission;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.util.List;
import java.util.Optional;

/** Groups in their rows. What is public here asks no permission. */
public final class GroupRows {
  /** As refusals name a group. */
  public static final String RESOURCE = "organization-manager.group";

  private GroupRows() {}

  public static Optional<Group> find(ReadTx tx, String groupId) {
    if (groupId.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return tx.get(Keyspace.group(groupId)).map(row -> GroupCodec.decode(row.value()));
  }

  /** The group, if the caller may; one that does not exist is not there for whoever may look. */
  static Group require(ReadTx tx, Call call, Permission permission, String groupId) {
    Optional<Group> group = find(tx, groupId);
    if (group.isEmpty()) {
      Access.requireInSomeCloud(tx, call, permission, RESOURCE, groupId);
      throw new Problem.NotFound("group", groupId).asException();
    }
    Access.require(tx, call, permission, group.get().resource());
    return group.get();
  }

  /** All of the store, by id. There are as many as {@link Groups#GROUPS_MAX}. */
  static List<Group> all(ReadTx tx) {
    Keyspace.Range range = Keyspace.groups();
    return tx.scan(range.from(), range.to(), Groups.GROUPS_MAX + 1).stream()
        .map(row -> GroupCodec.decode(row.value()))
        .toList();
  }

  /** How many an organization has. */
  public static long countIn(ReadTx tx, String organizationId) {
    return all(tx).stream().filter(g -> g.organizationId().equals(organizationId)).count();
  }

  static void put(WriteTx tx, Group group) {
    tx.put(Keyspace.group(group.id()), GroupCodec.encode(group));
  }

  /** Takes the group away, its members out of it, and what is bound on it. */
  static void delete(WriteTx tx, String groupId) {
    Memberships.endOfGroup(tx, groupId);
    tx.delete(Keyspace.bindings(groupId));
    tx.delete(Keyspace.group(groupId));
  }
}
