package io.coffer.core;

/**
 * Who roles are bound to.
 *
 * @param id as {@code aje…} for accounts made here
 */
public record Subject(Type type, String id) {
  /** The types of Yandex Cloud's access bindings that this server knows; wire names as there. */
  public enum Type {
    SERVICE_ACCOUNT("serviceAccount"),
    USER_ACCOUNT("userAccount"),
    FEDERATED_USER("federatedUser"),
    GROUP("group"),
    SYSTEM("system");

    private final String wireName;

    Type(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }
}
