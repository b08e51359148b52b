package io.coffer.core.operation;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.Problem;
import io.coffer.core.access.Access;
import io.coffer.core.access.Role;
import io.coffer.core.secret.CreateSecret;
import io.coffer.testing.Drafts;
import io.coffer.testing.SimWorld;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OperationsTest {
  private final SimWorld world = SimWorld.of(7);
  private final String folderId = world.dockerFolder().id();

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private Operation createdBy(String account) {
    world.bind(folderId, Role.LOCKBOX_EDITOR, account);
    try (CreateSecret command = Drafts.secret(folderId, "n", Drafts.text("k", "v"))) {
      return await(world.secrets().create(world.believed(account), command));
    }
  }

  @Test
  void whoMadeItMayReadItEvenWithoutHisRole() {
    Operation made = createdBy("ajemaker");
    await(
        world
            .engine()
            .write(tx -> {
              Access.bind(tx, folderId, List.of());
              return true;
            }));

    assertThat(await(world.operations().get(world.believed("ajemaker"), made.id())))
        .isEqualTo(made);
  }

  @Test
  void whoMayReadTheMetadataMayReadIt() {
    Operation made = createdBy("ajemaker");
    world.bind(made.resourceId(), Role.LOCKBOX_AUDITOR, "ajeauditor");
    world.bind(made.resourceId(), Role.LOCKBOX_PAYLOAD_VIEWER, "ajereader");

    assertThat(await(world.operations().get(world.believed("ajeauditor"), made.id())))
        .isEqualTo(made);
    for (String other : List.of("ajereader", "ajestranger")) {
      assertThat(problem(world.operations().get(world.believed(other), made.id())))
          .isEqualTo(new Problem.Denied("lockbox.secret", made.resourceId()));
    }
  }

  @Test
  void itOutlivesItsSecret() {
    Operation made = createdBy("ajemaker");
    await(world.dockerSecrets().delete(world.dockerAdmin(), made.resourceId()));

    assertThat(await(world.operations().get(world.admin(), made.id()))).isEqualTo(made);
  }

  @Test
  void oneThatIsNotThereIsNotFoundByThoseWhoMayLook() {
    for (String missing : List.of("e6qnone", "", "a\0b")) {
      assertThat(problem(world.operations().get(world.admin(), missing)))
          .isEqualTo(new Problem.NotFound("operation", missing));
    }
  }
}
