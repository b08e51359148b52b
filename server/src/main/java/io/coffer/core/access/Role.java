package io.coffer.core.access;

import static io.coffer.core.access.Permission.BINDINGS_LIST;
import static io.coffer.core.access.Permission.BINDINGS_UPDATE;
import static io.coffer.core.access.Permission.PAYLOAD_GET;
import static io.coffer.core.access.Permission.SECRETS_CREATE;
import static io.coffer.core.access.Permission.SECRETS_DELETE;
import static io.coffer.core.access.Permission.SECRETS_GET;
import static io.coffer.core.access.Permission.SECRETS_LIST;
import static io.coffer.core.access.Permission.SECRETS_UPDATE;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The roles that can be bound, as Lockbox names them, and what each permits. */
public enum Role {
  LOCKBOX_AUDITOR("lockbox.auditor", Permits.READ),
  LOCKBOX_VIEWER("lockbox.viewer", Permits.READ),
  /** Changes secrets and cannot read what is in them. */
  LOCKBOX_EDITOR("lockbox.editor", Permits.EDIT),
  /** Reads what is in them and nothing about them. */
  LOCKBOX_PAYLOAD_VIEWER("lockbox.payloadViewer", EnumSet.of(PAYLOAD_GET)),
  LOCKBOX_ADMIN("lockbox.admin", Permits.ALL),
  AUDITOR("auditor", Permits.READ),
  VIEWER("viewer", Permits.READ),
  EDITOR("editor", Permits.EDIT),
  ADMIN("admin", Permits.ALL);

  private final String id;

  @SuppressWarnings("ImmutableEnumChecker") // Nobody changes it and nobody else has it.
  private final EnumSet<Permission> permits;

  Role(String id, EnumSet<Permission> permits) {
    this.id = id;
    this.permits = permits;
  }

  public String id() {
    return id;
  }

  public boolean permits(Permission permission) {
    return permits.contains(permission);
  }

  public Set<Permission> permissions() {
    return EnumSet.copyOf(permits);
  }

  public static Optional<Role> of(String id) {
    return Arrays.stream(values()).filter(role -> role.id.equals(id)).findFirst();
  }

  private static final class Permits {
    static final EnumSet<Permission> READ = EnumSet.of(SECRETS_LIST, SECRETS_GET, BINDINGS_LIST);
    static final EnumSet<Permission> EDIT =
        EnumSet.of(
            SECRETS_LIST,
            SECRETS_GET,
            BINDINGS_LIST,
            SECRETS_CREATE,
            SECRETS_UPDATE,
            SECRETS_DELETE);
    static final EnumSet<Permission> ALL =
        EnumSet.of(
            SECRETS_LIST,
            SECRETS_GET,
            BINDINGS_LIST,
            SECRETS_CREATE,
            SECRETS_UPDATE,
            SECRETS_DELETE,
            PAYLOAD_GET,
            BINDINGS_UPDATE);
  }
}
