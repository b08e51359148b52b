package io.coffer.core.group;

import static io.coffer.testing.SimWorld.await;

import io.coffer.core.Subject;
import io.coffer.core.group.MemberDelta.Action;
import io.coffer.testing.SimWorld;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Groups as tests want them. */
public final class GroupDrafts {
  private GroupDrafts() {}

  public static CreateGroup group(String organizationId, String name) {
    return new CreateGroup(organizationId, name, "", new TreeMap<>());
  }

  /** The id of one in the world's cloud. */
  public static String made(SimWorld world, String name) {
    return await(world.groups().create(world.admin(), group(world.folder().cloudId(), name)))
        .resourceId();
  }

  public static UpdateGroup rename(String groupId, String name) {
    return new UpdateGroup(groupId, Set.of(UpdateGroup.Field.NAME), name, "", new TreeMap<>());
  }

  public static List<MemberDelta> add(String... subjectIds) {
    return Arrays.stream(subjectIds).map(id -> new MemberDelta(Action.ADD, id)).toList();
  }

  public static List<MemberDelta> remove(String... subjectIds) {
    return Arrays.stream(subjectIds).map(id -> new MemberDelta(Action.REMOVE, id)).toList();
  }

  public static void change(SimWorld world, String groupId, List<MemberDelta> deltas) {
    await(world.groups().updateMembers(world.admin(), groupId, deltas));
  }

  public static Subject subject(String groupId) {
    return new Subject(Subject.Type.GROUP, groupId);
  }
}
