package io.coffer.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each role may do with federations, as the table of roles has it. */
final class FederationRolesTest {
  private static final String FEDERATIONS = "iam.workloadIdentityFederations.";

  private static final List<Permission> COLUMNS =
      List.of(
          Permission.FEDERATIONS_LIST,
          Permission.FEDERATIONS_GET,
          Permission.FEDERATION_BINDINGS_LIST,
          Permission.FEDERATIONS_CREATE,
          Permission.FEDERATIONS_UPDATE,
          Permission.FEDERATIONS_DELETE,
          Permission.FEDERATION_BINDINGS_UPDATE);

  /** List, get, bindings; create, update, delete; change bindings. */
  private static final String TABLE =
      """
      iam.serviceAccounts.keyAdmin            x x -  - - -  -
      iam.serviceAccounts.admin               x x x  x x x  x
      iam.workloadIdentityFederations.auditor x x x  - - -  -
      iam.workloadIdentityFederations.viewer  x x x  - - -  -
      iam.workloadIdentityFederations.user    x x -  - - -  -
      iam.workloadIdentityFederations.editor  x x x  x x x  -
      iam.workloadIdentityFederations.admin   x x x  x x x  x
      auditor                                 x x x  - - -  -
      viewer                                  x x x  - - -  -
      editor                                  x x x  - - -  -
      admin                                   x x x  x x x  x
      """;

  @Test
  void everyCellIsAsDecided() {
    List<String> rows = new ArrayList<>();
    for (Role role : Role.values()) {
      if (COLUMNS.stream().anyMatch(role::permits)) {
        List<String> row = new ArrayList<>(List.of(role.id()));
        COLUMNS.forEach(permission -> row.add(role.permits(permission) ? "x" : "-"));
        rows.add("%-39s %s %s %s  %s %s %s  %s".formatted(row.toArray()));
      }
    }
    assertThat(rows).containsExactlyElementsOf(TABLE.lines().toList());
    assertThat(COLUMNS)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Permission.values())
                .filter(permission -> permission.id().startsWith(FEDERATIONS))
                .toList());
  }

  @Test
  void aRoleOfFederationsSaysNothingAboutTheRest() {
    for (Role role : Role.values()) {
      if (role.id().startsWith(FEDERATIONS)) {
        assertThat(COLUMNS).containsAll(role.permissions());
      }
    }
  }
}
