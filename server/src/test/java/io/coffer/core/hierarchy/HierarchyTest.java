package io.coffer.core.hierarchy;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.Problem;
import io.coffer.core.Page;
import io.coffer.core.access.Role;
import io.coffer.core.folder.Cloud;
import io.coffer.core.folder.Folder;
import io.coffer.testing.SimWorld;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HierarchyTest {
  @Test
  void anAdministratorSeesTheCloudAndBothFolders() {
    try (SimWorld world = SimWorld.of(1)) {
      Cloud cloud = world.founding().cloud();
      assertThat(await(world.hierarchy().cloud(world.admin(), cloud.id()))).isEqualTo(cloud);
      assertThat(await(world.hierarchy().clouds(world.admin(), Optional.empty(), 0, "")).elements())
          .containsExactly(cloud);
      assertThat(
              await(world.hierarchy().folders(world.admin(), cloud.id(), Optional.empty(), 0, ""))
                  .elements())
          .containsExactlyInAnyOrder(world.folder(), world.dockerFolder());
      assertThat(
              await(
                      world
                          .hierarchy()
                          .folders(world.admin(), cloud.id(), Optional.of("docker"), 0, ""))
                  .elements())
          .containsExactly(world.dockerFolder());
    }
  }

  @Test
  void whoHasARoleInOneFolderSeesThatOne() {
    try (SimWorld world = SimWorld.of(1)) {
      world.bind(world.dockerFolder().id(), Role.RESOURCE_MANAGER_VIEWER, "ajeone");
      String cloudId = world.folder().cloudId();
      assertThat(
              await(
                      world
                          .hierarchy()
                          .folders(world.believed("ajeone"), cloudId, Optional.empty(), 0, ""))
                  .elements())
          .containsExactly(world.dockerFolder());
      assertThat(problem(world.hierarchy().cloud(world.believed("ajeone"), cloudId)))
          .isEqualTo(new Problem.Denied("resource-manager.cloud", cloudId));
      assertThat(problem(world.hierarchy().folder(world.believed("ajeone"), "b1gnone")))
          .isEqualTo(new Problem.NotFound("folder", "b1gnone"));
    }
  }

  @Test
  void aPageEndsWhereTheNextBegins() {
    try (SimWorld world = SimWorld.of(1)) {
      String cloudId = world.folder().cloudId();
      Page<Folder> first =
          await(world.hierarchy().folders(world.admin(), cloudId, Optional.empty(), 1, ""));
      Page<Folder> second =
          await(
              world
                  .hierarchy()
                  .folders(world.admin(), cloudId, Optional.empty(), 1, first.nextToken()));
      assertThat(first.elements()).hasSize(1);
      assertThat(second.elements()).hasSize(1).doesNotContainAnyElementsOf(first.elements());
      assertThat(second.nextToken()).isEmpty();
    }
  }
}
