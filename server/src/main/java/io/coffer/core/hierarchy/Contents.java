package io.coffer.core.hierarchy;

import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Keyspace;
import io.coffer.core.access.Access;
import io.coffer.core.access.Permission;
import io.coffer.core.access.Resource;
import io.coffer.core.folder.Cloud;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.core.group.GroupRows;
import io.coffer.core.iam.Accounts;
import io.coffer.engine.ReadTx;
import java.util.ArrayList;
import java.util.List;

/**
 * What clouds and folders hold: what keeps one from being deleted. The one list of it: whatever is
 * made in folders has a kind here. A deleted key that waits for its destruction is in no folder.
 */
final class Contents {
  /** Nobody needs to know it better before he deletes them. */
  private static final int COUNTED_MAX = 10_000;

  private Contents() {}

  /** Of folders. */
  private enum Kind {
    SECRETS(Permission.SECRETS_LIST),
    SYMMETRIC_KEYS(Permission.KEYS_LIST),
    SERVICE_ACCOUNTS(Permission.SERVICE_ACCOUNTS_LIST),
    FEDERATIONS(Permission.FEDERATIONS_LIST);

    private final Permission toList;

    Kind(Permission toList) {
      this.toList = toList;
    }

    private long count(ReadTx tx, Folder folder) {
      return switch (this) {
        case SECRETS -> rows(tx, Keyspace.secrets(folder.id()));
        case SYMMETRIC_KEYS -> rows(tx, Keyspace.symmetricKeys(folder.id()));
        case SERVICE_ACCOUNTS -> Accounts.countIn(tx, folder.id());
        case FEDERATIONS -> rows(tx, Keyspace.federations(folder.id()));
      };
    }

    private Problem.Held held(long count) {
      return switch (this) {
        case SECRETS -> new Problem.Held("secrets", count);
        case SYMMETRIC_KEYS -> new Problem.Held("symmetric keys", count);
        case SERVICE_ACCOUNTS -> new Problem.Held("service accounts", count);
        case FEDERATIONS -> new Problem.Held("federations", count);
      };
    }
  }

  /** Throws {@link Problem.NotEmpty} with what of it the caller may list. */
  static void requireNone(ReadTx tx, Call call, Folder folder) {
    boolean empty = true;
    List<Problem.Held> visible = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      long count = kind.count(tx, folder);
      empty &= count == 0;
      if (count > 0 && Access.allows(tx, call.caller(), kind.toList, Resource.of(folder))) {
        visible.add(kind.held(count));
      }
    }
    if (!empty) {
      throw new Problem.NotEmpty(folder.id(), visible).asException();
    }
  }

  /** As above; of a cloud it is folders, groups and accounts of people. */
  static void requireNone(ReadTx tx, Call call, Cloud cloud) {
    long folders = Folders.all(tx).stream().filter(f -> f.cloudId().equals(cloud.id())).count();
    long groups = GroupRows.countIn(tx, cloud.id());
    long users = Accounts.countUsersIn(tx, cloud.id());
    List<Problem.Held> visible = new ArrayList<>();
    if (folders > 0 && mayList(tx, call, Permission.FOLDERS_GET, cloud)) {
      visible.add(new Problem.Held("folders", folders));
    }
    if (groups > 0 && mayList(tx, call, Permission.GROUPS_LIST, cloud)) {
      visible.add(new Problem.Held("groups", groups));
    }
    if (users > 0 && mayList(tx, call, Permission.USERS_LIST, cloud)) {
      visible.add(new Problem.Held("user accounts", users));
    }
    if (folders + groups + users > 0) {
      throw new Problem.NotEmpty(cloud.id(), visible).asException();
    }
  }

  private static boolean mayList(ReadTx tx, Call call, Permission permission, Cloud cloud) {
    return Access.allows(tx, call.caller(), permission, Resource.of(cloud));
  }

  private static long rows(ReadTx tx, Keyspace.Range range) {
    return tx.stamps(range.from(), range.to(), COUNTED_MAX).size();
  }
}
