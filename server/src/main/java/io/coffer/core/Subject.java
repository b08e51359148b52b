package io.coffer.core;

import java.util.Arrays;
import java.util.Optional;

/**
 * Who roles are bound to.
 *
 * @param id as {@code aje…} for accounts made here; of a certificate its subject, {@code
 *     CN=alice,O=team}
 */
public record Subject(Type type, String id) {
  /** Everybody, and everybody whose credential was believed. */
  public static final Subject ALL_USERS = new Subject(Type.SYSTEM, "allUsers");

  public static final Subject ALL_AUTHENTICATED_USERS =
      new Subject(Type.SYSTEM, "allAuthenticatedUsers");

  /** The types of Yandex Cloud's access bindings, wire names as there, and one of our own. */
  public enum Type {
    SERVICE_ACCOUNT("serviceAccount"),
    USER_ACCOUNT("userAccount"),
    FEDERATED_USER("federatedUser"),
    GROUP("group"),
    SYSTEM("system"),
    /** Whoever holds the key of a client certificate; no client of Yandex Cloud knows it. */
    CERTIFICATE("certificate");

    private final String wireName;

    Type(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }

    public static Optional<Type> of(String wireName) {
      return Arrays.stream(values()).filter(type -> type.wireName.equals(wireName)).findFirst();
    }
  }
}
