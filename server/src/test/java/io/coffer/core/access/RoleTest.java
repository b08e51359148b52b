package io.coffer.core.access;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Subject;
import io.coffer.testing.Drafts;
import io.coffer.testing.SimWorld;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoleTest {
  private static final List<Permission> COLUMNS =
      List.of(
          Permission.SECRETS_LIST,
          Permission.SECRETS_GET,
          Permission.BINDINGS_LIST,
          Permission.SECRETS_CREATE,
          Permission.SECRETS_UPDATE,
          Permission.SECRETS_DELETE,
          Permission.PAYLOAD_GET,
          Permission.BINDINGS_UPDATE,
          Permission.CLOUDS_GET,
          Permission.CLOUD_BINDINGS_LIST,
          Permission.FOLDERS_GET,
          Permission.FOLDER_BINDINGS_LIST,
          Permission.CLOUDS_CREATE,
          Permission.CLOUDS_UPDATE,
          Permission.CLOUDS_DELETE,
          Permission.FOLDERS_CREATE,
          Permission.FOLDERS_UPDATE,
          Permission.FOLDERS_DELETE,
          Permission.CLOUD_BINDINGS_UPDATE,
          Permission.FOLDER_BINDINGS_UPDATE,
          Permission.CLIENT_CERTIFICATES_CREATE);

  /**
   * Secrets: list, get, bindings; create, update, delete; payload; change bindings. Clouds and
   * folders: get and list bindings of each; create, update, delete of each; change bindings of
   * each. Certificates for clients: create.
   */
  private static final String TABLE =
      """
      lockbox.auditor         x x x  - - -  -  -  - - - -  - - - - - -  - -  -
      lockbox.viewer          x x x  - - -  -  -  - - - -  - - - - - -  - -  -
      lockbox.editor          x x x  x x x  -  -  - - - -  - - - - - -  - -  -
      lockbox.payloadViewer   - - -  - - -  x  -  - - - -  - - - - - -  - -  -
      lockbox.admin           x x x  x x x  x  x  - - - -  - - - - - -  - -  -
      auditor                 x x x  - - -  -  -  x x x x  - - - - - -  - -  -
      viewer                  x x x  - - -  -  -  x x x x  - - - - - -  - -  -
      editor                  x x x  x x x  -  -  x x x x  x x x x x x  - -  -
      admin                   x x x  x x x  x  x  x x x x  x x x x x x  x x  x
      resource-manager.viewer - - -  - - -  -  -  x x x x  - - - - - -  - -  -
      resource-manager.editor - - -  - - -  -  -  x x x x  x x x x x x  - -  -
      resource-manager.admin  - - -  - - -  -  -  x x x x  x x x x x x  x x  -
      """;

  @Test
  void everyCellIsAsDecided() {
    List<String> others = List.of("kms.", "iam.", "organization-manager.");
    RoleCells.assertTable(
        TABLE,
        COLUMNS,
        List.of("lockbox.", "resource-manager.", "coffer."),
        // KmsRolesTest, IamRolesTest and OrganizationRolesTest have them.
        role -> others.stream().noneMatch(role.id()::startsWith));
  }

  @Test
  void aRoleIsFoundByItsId() {
    for (Role role : Role.values()) {
      assertThat(Role.of(role.id())).contains(role);
    }
    assertThat(Role.of("lockbox.owner")).isEmpty();
  }

  @Test
  void aRoleCountsOnWhateverHoldsTheSecret() {
    try (SimWorld world = SimWorld.of(3);
        var command = Drafts.secret(world.folder().id(), "n", Drafts.text("k", "v"))) {
      String secretId = await(world.secrets().create(world.admin(), command)).resourceId();
      List<String> lineage = List.of(secretId, world.folder().id(), world.folder().cloudId());
      for (String resource : lineage) {
        String account = "aje" + resource;
        world.bind(resource, Role.LOCKBOX_VIEWER, account);

        assertThat(await(world.secrets().get(world.believed(account), secretId)).secret().id())
            .isEqualTo(secretId);
        assertThat(problem(world.payloads().get(world.believed(account), secretId, "")))
            .isEqualTo(new Problem.Denied("lockbox.secret", secretId));
      }
    }
  }

  @Test
  void aRoleInAnotherFolderOrOnAnotherSecretDoesNotCount() {
    try (SimWorld world = SimWorld.of(3);
        var one = Drafts.secret(world.folder().id(), "n", Drafts.text("k", "v"));
        var other = Drafts.secret(world.folder().id(), "n", Drafts.text("k", "v"))) {
      String secretId = await(world.secrets().create(world.admin(), one)).resourceId();
      String otherId = await(world.secrets().create(world.admin(), other)).resourceId();
      world.bind(otherId, Role.ADMIN, "ajeother");
      world.bind(world.dockerFolder().id(), Role.ADMIN, "ajeother");

      assertThat(problem(world.secrets().get(world.believed("ajeother"), secretId)))
          .isEqualTo(new Problem.Denied("lockbox.secret", secretId));
    }
  }

  @Test
  void aRoleOfAnAccountIsNotThatOfAUserWithItsId() {
    try (SimWorld world = SimWorld.of(3)) {
      Call call =
          world.call(
              new Caller(
                  new Subject(Subject.Type.USER_ACCOUNT, world.founding().admin().id()),
                  "",
                  Caller.Via.IAM_TOKEN),
              Call.Door.LOCKBOX);

      assertThat(problem(world.secrets().list(call, world.folder().id(), 0, "")))
          .isInstanceOf(Problem.Denied.class);
    }
  }

  @Test
  void whoWasNotBelievedMayNothingWhateverIsBoundToHisName() {
    try (SimWorld world = SimWorld.of(3)) {
      Call nobody = world.nobody();
      await(
          world
              .engine()
              .write(tx -> {
                Access.bind(
                    tx,
                    world.folder().id(),
                    List.of(new AccessBinding(Role.ADMIN, nobody.caller().subject())));
                return true;
              }));

      assertThat(problem(world.secrets().list(nobody, world.folder().id(), 0, "")))
          .isInstanceOf(Problem.Denied.class);
    }
  }

  @Test
  void whatIsBoundToEverybodyCountsForWhoeverWasBelieved() {
    for (Subject everybody : List.of(Subject.ALL_USERS, Subject.ALL_AUTHENTICATED_USERS)) {
      try (SimWorld world = SimWorld.of(3)) {
        await(
            world
                .engine()
                .write(tx -> {
                  Access.bind(
                      tx,
                      world.folder().id(),
                      List.of(new AccessBinding(Role.LOCKBOX_VIEWER, everybody)));
                  return true;
                }));

        assertThat(
                await(world.secrets().list(world.believed("ajeany"), world.folder().id(), 0, "")))
            .isNotNull();
        assertThat(problem(world.secrets().list(world.nobody(), world.folder().id(), 0, "")))
            .isInstanceOf(Problem.Denied.class);
      }
    }
  }

  @Test
  void aRoleBoundToAGroupCountsForNobodyWhateverHisId() {
    try (SimWorld world = SimWorld.of(3)) {
      await(
          world
              .engine()
              .write(tx -> {
                Access.bind(
                    tx,
                    world.folder().id(),
                    List.of(
                        new AccessBinding(
                            Role.ADMIN, new Subject(Subject.Type.GROUP, "ajemember"))));
                return true;
              }));

      assertThat(
              problem(
                  world.secrets().list(world.believed("ajemember"), world.folder().id(), 0, "")))
          .isInstanceOf(Problem.Denied.class);
    }
  }
}
