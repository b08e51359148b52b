package io.coffer.core.binding;

import com.google.errorprone.annotations.Immutable;
import io.coffer.core.Action;
import io.coffer.core.access.Permission;
import io.coffer.core.operation.OperationKind;

/** What roles are bound to: something of a kind, named by its id. */
public record Bound(Kind kind, String id) {
  public static Bound cloud(String id) {
    return new Bound(Kind.CLOUD, id);
  }

  public static Bound folder(String id) {
    return new Bound(Kind.FOLDER, id);
  }

  public static Bound secret(String id) {
    return new Bound(Kind.SECRET, id);
  }

  public static Bound symmetricKey(String id) {
    return new Bound(Kind.SYMMETRIC_KEY, id);
  }

  public static Bound serviceAccount(String id) {
    return new Bound(Kind.SERVICE_ACCOUNT, id);
  }

  public static Bound group(String id) {
    return new Bound(Kind.GROUP, id);
  }

  public static Bound federation(String id) {
    return new Bound(Kind.FEDERATION, id);
  }

  /** What each verb needs, and is called in the trail. */
  public enum Kind {
    CLOUD(
        "cloud_id",
        Permission.CLOUD_BINDINGS_LIST,
        Permission.CLOUD_BINDINGS_UPDATE,
        Action.LIST_CLOUD_BINDINGS,
        new Change(Action.SET_CLOUD_BINDINGS, OperationKind.SET_CLOUD_BINDINGS),
        new Change(Action.UPDATE_CLOUD_BINDINGS, OperationKind.UPDATE_CLOUD_BINDINGS)),
    FOLDER(
        "folder_id",
        Permission.FOLDER_BINDINGS_LIST,
        Permission.FOLDER_BINDINGS_UPDATE,
        Action.LIST_FOLDER_BINDINGS,
        new Change(Action.SET_FOLDER_BINDINGS, OperationKind.SET_FOLDER_BINDINGS),
        new Change(Action.UPDATE_FOLDER_BINDINGS, OperationKind.UPDATE_FOLDER_BINDINGS)),
    SECRET(
        "secret_id",
        Permission.BINDINGS_LIST,
        Permission.BINDINGS_UPDATE,
        Action.LIST_SECRET_ACCESS_BINDINGS,
        new Change(Action.SET_SECRET_ACCESS_BINDINGS, OperationKind.SET_ACCESS_BINDINGS),
        new Change(Action.UPDATE_SECRET_ACCESS_BINDINGS, OperationKind.UPDATE_ACCESS_BINDINGS)),
    SYMMETRIC_KEY(
        "key_id",
        Permission.KEY_BINDINGS_LIST,
        Permission.KEY_BINDINGS_UPDATE,
        Action.LIST_KEY_BINDINGS,
        new Change(Action.SET_KEY_BINDINGS, OperationKind.SET_KEY_BINDINGS),
        new Change(Action.UPDATE_KEY_BINDINGS, OperationKind.UPDATE_KEY_BINDINGS)),
    SERVICE_ACCOUNT(
        "service_account_id",
        Permission.SERVICE_ACCOUNT_BINDINGS_LIST,
        Permission.SERVICE_ACCOUNT_BINDINGS_UPDATE,
        Action.LIST_SERVICE_ACCOUNT_BINDINGS,
        new Change(Action.SET_SERVICE_ACCOUNT_BINDINGS, OperationKind.SET_SERVICE_ACCOUNT_BINDINGS),
        new Change(
            Action.UPDATE_SERVICE_ACCOUNT_BINDINGS, OperationKind.UPDATE_SERVICE_ACCOUNT_BINDINGS)),
    GROUP(
        "group_id",
        Permission.GROUP_BINDINGS_LIST,
        Permission.GROUP_BINDINGS_UPDATE,
        Action.LIST_GROUP_BINDINGS,
        new Change(Action.SET_GROUP_BINDINGS, OperationKind.SET_GROUP_BINDINGS),
        new Change(Action.UPDATE_GROUP_BINDINGS, OperationKind.UPDATE_GROUP_BINDINGS)),
    FEDERATION(
        "federation_id",
        Permission.FEDERATION_BINDINGS_LIST,
        Permission.FEDERATION_BINDINGS_UPDATE,
        Action.LIST_FEDERATION_BINDINGS,
        new Change(Action.SET_FEDERATION_BINDINGS, OperationKind.SET_FEDERATION_BINDINGS),
        new Change(Action.UPDATE_FEDERATION_BINDINGS, OperationKind.UPDATE_FEDERATION_BINDINGS));

    final String idName;
    final Permission toList;
    final Permission toUpdate;
    final Action list;
    final Change set;
    final Change update;

    Kind(
        String idName,
        Permission toList,
        Permission toUpdate,
        Action list,
        Change set,
        Change update) {
      this.idName = idName;
      this.toList = toList;
      this.toUpdate = toUpdate;
      this.list = list;
      this.set = set;
      this.update = update;
    }
  }

  /** What a change is called in the trail, and the operation it leaves. */
  @Immutable
  record Change(Action action, OperationKind kind) {}
}
