package io.coffer.core.group;

import io.coffer.Problem;
import io.coffer.core.Subject;
import io.coffer.core.access.Memberships;
import io.coffer.core.iam.Accounts;
import io.coffer.crypto.tls.SubjectName;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Changes who is in a group. The wire names members by their ids alone: of an account the store
 * knows the type, {@code CN=alice,O=team} is the subject of a certificate, and a federated user,
 * whom nothing here lists, is said to be one: {@code federatedUser:ID}.
 */
final class Members {
  private static final String FEDERATED_USER = "federatedUser:";

  private Members() {}

  /** Does what {@code deltas} say, in their order; gives what has changed by that. */
  static List<String> change(WriteTx tx, String groupId, List<MemberDelta> deltas) {
    Set<Subject> before = new LinkedHashSet<>(Memberships.members(tx, groupId));
    Set<Subject> after = new LinkedHashSet<>(before);
    for (MemberDelta delta : deltas) {
      switch (delta.action()) {
        case ADD -> after.add(named(tx, delta.subjectId()));
        // By its id, whatever it is: it may be gone from where its type was known.
        case REMOVE -> {
          String id = spelled(delta.subjectId());
          after.removeIf(member -> isCalled(member, id));
        }
      }
    }
    if (after.size() > Memberships.MEMBERS_MAX) {
      throw new Problem.Exhausted(
              "organization-manager.groupMembers.count", Memberships.MEMBERS_MAX)
          .asException();
    }
    List<String> changed = new ArrayList<>();
    for (Subject gone : before) {
      if (!after.contains(gone)) {
        Memberships.remove(tx, groupId, gone);
        changed.add("REMOVE " + said(gone));
      }
    }
    for (Subject added : after) {
      if (!before.contains(added)) {
        requireRoom(tx, added);
        Memberships.add(tx, groupId, added);
        changed.add("ADD " + said(added));
      }
    }
    return changed;
  }

  private static void requireRoom(ReadTx tx, Subject added) {
    if (Memberships.groupsOf(tx, added).size() >= Memberships.GROUPS_MAX) {
      throw new Problem.Exhausted(
              "organization-manager.groupsOfMember.count", Memberships.GROUPS_MAX)
          .asException();
    }
  }

  private static Subject named(ReadTx tx, String id) {
    if (id.startsWith(FEDERATED_USER) && id.length() > FEDERATED_USER.length() && !hasNul(id)) {
      return new Subject(Subject.Type.FEDERATED_USER, id.substring(FEDERATED_USER.length()));
    }
    if (id.indexOf('=') >= 0) {
      return new Subject(Subject.Type.CERTIFICATE, SubjectName.parse(id).value());
    }
    Optional<Subject> account = Accounts.subject(tx, id);
    if (account.isPresent()) {
      return account.get();
    }
    if (GroupRows.find(tx, id).isPresent()) {
      throw new Problem.Invalid("subject_id", "must not be a group: groups are in no groups")
          .asException();
    }
    throw new Problem.Invalid(
            "subject_id",
            "must be the id of an account that is here, federatedUser: and an id, or the subject of"
                + " a certificate")
        .asException();
  }

  private static boolean hasNul(String id) {
    return id.indexOf('\0') >= 0;
  }

  /** The name of a certificate's subject as we keep it; other ids as they are. */
  private static String spelled(String id) {
    return id.indexOf('=') >= 0 && !id.startsWith(FEDERATED_USER)
        ? SubjectName.parse(id).value()
        : id;
  }

  private static boolean isCalled(Subject member, String id) {
    return switch (member.type()) {
      case SERVICE_ACCOUNT, USER_ACCOUNT, GROUP, SYSTEM, CERTIFICATE -> member.id().equals(id);
      case FEDERATED_USER -> member.id().equals(id) || (FEDERATED_USER + member.id()).equals(id);
    };
  }

  private static String said(Subject member) {
    return member.type().wireName() + ":" + member.id();
  }
}
