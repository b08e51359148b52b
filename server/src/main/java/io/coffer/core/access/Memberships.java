package io.coffer.core.access;

import io.coffer.Bytes;
import io.coffer.core.Keyspace;
import io.coffer.core.Subject;
import io.coffer.engine.EngineException;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who is in which group: a row for each direction, so that either is one scan. It asks nobody's
 * permission: its callers do.
 */
public final class Memberships {
  /** In one group. */
  public static final int MEMBERS_MAX = 1_000;

  /** That one subject is in: the most a decision has to read of them. */
  public static final int GROUPS_MAX = 100;

  private Memberships() {}

  /**
   * The ids of the groups that a subject is in, in their order. The rows are opened, though they
   * hold nothing: one that was forged where they are stored does not open.
   */
  public static Set<String> groupsOf(ReadTx tx, Subject member) {
    Keyspace.Range range = Keyspace.groupsOfMember(member);
    Set<String> groups = new LinkedHashSet<>();
    tx.scan(range.from(), range.to(), GROUPS_MAX)
        .forEach(row -> groups.add(Keyspace.lastPart(row.key())));
    return groups;
  }

  /** All members of a group, by type and id. */
  public static List<Subject> members(ReadTx tx, String groupId) {
    Keyspace.Range range = Keyspace.membersOfGroup(groupId);
    return tx.scan(range.from(), range.to(), MEMBERS_MAX).stream()
        .map(row -> member(row.key()))
        .toList();
  }

  private static Subject member(Bytes key) {
    return new Subject(
        Subject.Type.of(Keyspace.lastPartButOne(key))
            .orElseThrow(() -> new EngineException.Corrupt("a member of an unknown type")),
        Keyspace.lastPart(key));
  }

  /** Puts a subject into a group; the limits are the caller's to keep. */
  public static void add(WriteTx tx, String groupId, Subject member) {
    tx.put(Keyspace.memberOfGroup(groupId, member), Bytes.EMPTY);
    tx.put(Keyspace.groupOfMember(member, groupId), Bytes.EMPTY);
  }

  public static void remove(WriteTx tx, String groupId, Subject member) {
    tx.delete(Keyspace.memberOfGroup(groupId, member));
    tx.delete(Keyspace.groupOfMember(member, groupId));
  }

  /** Takes a subject that is going out of whatever groups it is in. */
  public static void endOf(WriteTx tx, Subject member) {
    groupsOf(tx, member).forEach(groupId -> remove(tx, groupId, member));
  }

  /** Empties a group that is going. */
  public static void endOfGroup(WriteTx tx, String groupId) {
    members(tx, groupId).forEach(member -> remove(tx, groupId, member));
  }
}
