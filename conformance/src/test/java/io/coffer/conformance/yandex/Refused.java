package io.coffer.conformance.yandex;

/** An answer of the server that a client reports as a failure: its code and its words. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  public static final int INVALID_ARGUMENT = 3;
  static final int NOT_FOUND = 5;
  static final int PERMISSION_DENIED = 7;
  static final int FAILED_PRECONDITION = 9;
  static final int UNAUTHENTICATED = 16;

  private final int code;

  Refused(int code, String message) {
    super(message);
    this.code = code;
  }

  /** The code of gRPC, whatever the transport. */
  public int code() {
    return code;
  }
}
