package io.coffer.core.group;

import static io.coffer.core.Event.word;

import io.coffer.core.Action;
import io.coffer.core.Event;

/** Audit events about groups. */
final class GroupEvents {
  private GroupEvents() {}

  /** That somebody asks for it; all that is known if he is refused. */
  static Event asked(Action action, String groupId) {
    return Event.of(action, word("group_id", groupId));
  }

  static Event of(Action action, Group group) {
    return Event.in(
        group.path(), action, word("group_id", group.id()), word("group_name", group.name()));
  }
}
