package io.coffer.core;

/** What was done or refused; service and name are those of Lockbox's audit events. */
public enum Action {
  CREATE_SECRET("lockbox", "CreateSecret"),
  GET_SECRET("lockbox", "GetSecret"),
  LIST_SECRETS("lockbox", "ListSecrets"),
  UPDATE_SECRET("lockbox", "UpdateSecret"),
  DELETE_SECRET("lockbox", "DeleteSecret"),
  GET_PAYLOAD("lockbox", "GetPayload"),
  GET_OPERATION("operation", "GetOperation"),
  CREATE_IAM_TOKEN("iam", "CreateIamToken"),
  REVOKE_IAM_TOKEN("iam", "RevokeIamToken"),
  /** A request whose credential was not believed, whatever it wanted. */
  AUTHENTICATE("iam", "Authenticate"),
  /** The first start: cloud, folders, administrator and his key. */
  INITIALIZE("server", "Initialize"),
  START("server", "Start");

  private final String service;
  private final String eventName;

  Action(String service, String eventName) {
    this.service = service;
    this.eventName = eventName;
  }

  public String service() {
    return service;
  }

  public String eventName() {
    return eventName;
  }
}
