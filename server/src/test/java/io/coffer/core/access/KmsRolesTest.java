package io.coffer.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What each role may do with keys, as the table of roles has it. */
final class KmsRolesTest {
  private static final List<Permission> COLUMNS =
      List.of(
          Permission.KEYS_LIST,
          Permission.KEYS_GET,
          Permission.KEY_BINDINGS_LIST,
          Permission.KEYS_CREATE,
          Permission.KEYS_UPDATE,
          Permission.KEYS_DELETE,
          Permission.KEY_BINDINGS_UPDATE,
          Permission.KEYS_ENCRYPT,
          Permission.KEYS_DECRYPT);

  /** Metadata: list, get, bindings; create, update, delete; change bindings; encrypt, decrypt. */
  private static final String TABLE =
      """
      kms.auditor                 x x x  - - -  -  - -
      kms.viewer                  x x x  - - -  -  - -
      kms.editor                  x x x  x x x  -  - -
      kms.admin                   x x x  x x x  x  - -
      kms.keys.encrypter          - - -  - - -  -  x -
      kms.keys.decrypter          - - -  - - -  -  - x
      kms.keys.encrypterDecrypter - - -  - - -  -  x x
      kms.keys.user               - - -  - - -  -  x x
      auditor                     x x x  - - -  -  - -
      viewer                      x x x  - - -  -  - -
      editor                      x x x  x x x  -  - -
      admin                       x x x  x x x  x  x x
      """;

  @Test
  void everyCellIsAsDecided() {
    RoleCells.assertTable(
        TABLE, COLUMNS, List.of("kms."), role -> COLUMNS.stream().anyMatch(role::permits));
  }

  @Test
  void aRoleOfKeysSaysNothingAboutTheRest() {
    for (Role role : Role.values()) {
      if (role.id().startsWith("kms.")) {
        assertThat(COLUMNS).containsAll(role.permissions());
      }
    }
  }
}
