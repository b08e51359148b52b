package io.coffer.core.operation;

import java.util.Arrays;
import java.util.Optional;

/** What an operation did. The code is on disk: never reuse one, never renumber. */
public enum OperationKind {
  CREATE_SECRET(1, "Create secret"),
  UPDATE_SECRET(2, "Update secret"),
  DELETE_SECRET(3, "Delete secret"),
  ACTIVATE_SECRET(4, "Activate secret"),
  DEACTIVATE_SECRET(5, "Deactivate secret"),
  ADD_VERSION(6, "Add version"),
  SET_CURRENT_VERSION(7, "Set current version"),
  SCHEDULE_VERSION_DESTRUCTION(8, "Schedule version destruction"),
  CANCEL_VERSION_DESTRUCTION(9, "Cancel version destruction"),
  SET_ACCESS_BINDINGS(10, "Set access bindings"),
  UPDATE_ACCESS_BINDINGS(11, "Update access bindings"),
  SET_CLOUD_BINDINGS(20, "Set access bindings"),
  UPDATE_CLOUD_BINDINGS(21, "Update access bindings"),
  SET_FOLDER_BINDINGS(22, "Set access bindings"),
  UPDATE_FOLDER_BINDINGS(23, "Update access bindings"),
  CREATE_CLOUD(24, "Create cloud"),
  UPDATE_CLOUD(25, "Update cloud"),
  DELETE_CLOUD(26, "Delete cloud"),
  CREATE_FOLDER(27, "Create folder"),
  UPDATE_FOLDER(28, "Update folder"),
  DELETE_FOLDER(29, "Delete folder"),
  CREATE_KEY(101, "Create symmetric key"),
  UPDATE_KEY(102, "Update symmetric key"),
  DELETE_KEY(103, "Delete symmetric key"),
  SET_PRIMARY_KEY_VERSION(104, "Set primary symmetric key version"),
  SCHEDULE_KEY_VERSION_DESTRUCTION(105, "Schedule symmetric key version destruction"),
  CANCEL_KEY_VERSION_DESTRUCTION(106, "Cancel symmetric key version destruction"),
  ROTATE_KEY(107, "Rotate symmetric key"),
  SET_KEY_BINDINGS(108, "Set access bindings"),
  UPDATE_KEY_BINDINGS(109, "Update access bindings"),
  CREATE_SERVICE_ACCOUNT(201, "Create service account"),
  UPDATE_SERVICE_ACCOUNT(202, "Update service account"),
  DELETE_SERVICE_ACCOUNT(203, "Delete service account"),
  SUSPEND_SERVICE_ACCOUNT(204, "Suspend service account"),
  REACTIVATE_SERVICE_ACCOUNT(205, "Reactivate service account"),
  SET_SERVICE_ACCOUNT_BINDINGS(206, "Set access bindings"),
  UPDATE_SERVICE_ACCOUNT_BINDINGS(207, "Update access bindings"),
  UPDATE_ACCOUNT_KEY(211, "Update key"),
  DELETE_ACCOUNT_KEY(212, "Delete key"),
  UPDATE_API_KEY(213, "Update API key"),
  DELETE_API_KEY(214, "Delete API key"),
  UPDATE_USER_KEY(221, "Update key"),
  DELETE_USER_KEY(222, "Delete key"),
  CREATE_GROUP(301, "Create group"),
  UPDATE_GROUP(302, "Update group"),
  DELETE_GROUP(303, "Delete group"),
  UPDATE_GROUP_MEMBERS(304, "Update group members"),
  SET_GROUP_BINDINGS(305, "Set access bindings"),
  UPDATE_GROUP_BINDINGS(306, "Update access bindings"),
  CREATE_FEDERATION(321, "Create federation"),
  UPDATE_FEDERATION(322, "Update federation"),
  DELETE_FEDERATION(323, "Delete federation"),
  SET_FEDERATION_BINDINGS(324, "Set access bindings"),
  UPDATE_FEDERATION_BINDINGS(325, "Update access bindings"),
  CREATE_FEDERATED_CREDENTIAL(331, "Create federated credential"),
  DELETE_FEDERATED_CREDENTIAL(332, "Delete federated credential");

  private final int code;
  private final String description;

  OperationKind(int code, String description) {
    this.code = code;
    this.description = description;
  }

  /** As Lockbox words it, where that is known; the others by the same pattern. */
  public String description() {
    return description;
  }

  int code() {
    return code;
  }

  static Optional<OperationKind> of(int code) {
    return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
  }
}
