package io.coffer.core.operation;

import java.util.Arrays;
import java.util.Optional;

/** What an operation did. The code is on disk: never reuse one, never renumber. */
public enum OperationKind {
  CREATE_SECRET(1, "Create secret");

  private final int code;
  private final String description;

  OperationKind(int code, String description) {
    this.code = code;
    this.description = description;
  }

  /** As Lockbox words it. */
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
