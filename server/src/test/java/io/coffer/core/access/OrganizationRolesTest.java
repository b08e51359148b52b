package io.coffer.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What each role may do with groups and people, as the table of roles has it. */
final class OrganizationRolesTest {
  private static final List<Permission> COLUMNS =
      List.of(
          Permission.GROUPS_LIST,
          Permission.GROUPS_GET,
          Permission.GROUP_MEMBERS_LIST,
          Permission.GROUP_BINDINGS_LIST,
          Permission.GROUPS_CREATE,
          Permission.GROUPS_UPDATE,
          Permission.GROUPS_DELETE,
          Permission.GROUP_MEMBERS_UPDATE,
          Permission.GROUP_BINDINGS_UPDATE,
          Permission.USERS_LIST,
          Permission.USERS_GET,
          Permission.USER_KEYS_GET,
          Permission.USERS_CREATE,
          Permission.USERS_DELETE,
          Permission.USER_KEYS_UPDATE);

  /**
   * Groups: list, get, members, bindings; create, update, delete; change members; bindings. People:
   * list, get, get keys; create, delete, change keys.
   */
  private static final String TABLE =
      """
      organization-manager.viewer             x x x x  - - -  -  -  x x x  - - -
      organization-manager.editor             x x x x  x x x  -  -  x x x  - - -
      organization-manager.groups.memberAdmin x x x -  - - -  x  -  - - -  - - -
      organization-manager.admin              x x x x  x x x  x  x  x x x  x x x
      auditor                                 x x x x  - - -  -  -  x x x  - - -
      viewer                                  x x x x  - - -  -  -  x x x  - - -
      editor                                  x x x x  x x x  -  -  x x x  - - -
      admin                                   x x x x  x x x  x  x  x x x  x x x
      """;

  @Test
  void everyCellIsAsDecided() {
    RoleCells.assertTable(
        TABLE,
        COLUMNS,
        List.of("organization-manager."),
        role -> COLUMNS.stream().anyMatch(role::permits));
  }

  @Test
  void aRoleOfOrganizationsSaysNothingAboutTheRest() {
    for (Role role : Role.values()) {
      if (role.id().startsWith("organization-manager.")) {
        assertThat(COLUMNS).containsAll(role.permissions());
      }
    }
  }
}
