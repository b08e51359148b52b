package io.coffer.conformance.clients;

/** An answer of the server that a library reports as a failure: what the caller can see of it. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String kind;

  Refused(int status, String kind, String message) {
    super(message);
    this.status = status;
    this.kind = kind;
  }

  int status() {
    return status;
  }

  /** What the library calls it: its type or its reason. */
  String kind() {
    return kind;
  }
}
