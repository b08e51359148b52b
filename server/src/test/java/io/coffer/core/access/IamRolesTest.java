package io.coffer.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What each role may do with accounts, as the table of roles has it. */
final class IamRolesTest {
  private static final List<Permission> COLUMNS =
      List.of(
          Permission.SERVICE_ACCOUNTS_LIST,
          Permission.SERVICE_ACCOUNTS_GET,
          Permission.SERVICE_ACCOUNT_BINDINGS_LIST,
          Permission.SERVICE_ACCOUNTS_CREATE,
          Permission.SERVICE_ACCOUNTS_UPDATE,
          Permission.SERVICE_ACCOUNTS_DELETE,
          Permission.SERVICE_ACCOUNT_BINDINGS_UPDATE,
          Permission.ACCOUNT_KEYS_LIST,
          Permission.ACCOUNT_KEYS_GET,
          Permission.ACCOUNT_KEYS_CREATE,
          Permission.ACCOUNT_KEYS_UPDATE,
          Permission.ACCOUNT_KEYS_DELETE,
          Permission.ACCOUNT_TOKENS_CREATE);

  /**
   * Accounts: list, get, bindings; create, update, delete; change bindings. Their keys: list, get;
   * create, update, delete. Tokens for them.
   */
  private static final String TABLE =
      """
      iam.serviceAccounts.user         x x -  - - -  -  - -  - - -  -
      iam.serviceAccounts.tokenCreator - - -  - - -  -  - -  - - -  x
      iam.serviceAccounts.keyAdmin     x x -  - - -  -  x x  x x x  -
      iam.serviceAccounts.admin        x x x  x x x  x  x x  x x x  x
      auditor                          x x x  - - -  -  x x  - - -  -
      viewer                           x x x  - - -  -  x x  - - -  -
      editor                           x x x  - - -  -  x x  - - -  -
      admin                            x x x  x x x  x  x x  x x x  x
      """;

  private static boolean isOfFederations(Permission permission) {
    return permission.id().startsWith("iam.workloadIdentityFederations.");
  }

  @Test
  void everyCellIsAsDecided() {
    RoleCells.assertTable(
        TABLE,
        COLUMNS,
        // FederationRolesTest has the others.
        List.of("iam.serviceAccounts.", "iam.keys."),
        role -> COLUMNS.stream().anyMatch(role::permits));
  }

  @Test
  void aRoleOfAccountsSaysNothingAboutTheRest() {
    for (Role role : Role.values()) {
      if (role.id().startsWith("iam.")) {
        assertThat(role.permissions())
            .allMatch(permission -> COLUMNS.contains(permission) || isOfFederations(permission));
      }
    }
  }
}
