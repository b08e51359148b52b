package io.coffer.core.secret;

import static io.coffer.testing.SimWorld.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Page;
import io.coffer.core.operation.Operation;
import io.coffer.testing.Drafts;
import io.coffer.testing.SimWorld;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class PagingTest {
  private static final int THERE = 200;
  private static final int CALLERS = 1_000;

  @Test
  void whatIsThereThroughoutIsListedOnceHoweverManyCreateMeanwhile() throws Exception {
    try (SimWorld world = SimWorld.committing(4);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Set<String> there = new HashSet<>();
      for (int i = 0; i < THERE; i++) {
        there.add(create(world));
      }
      List<Future<List<String>>> pagers = new ArrayList<>();
      List<Future<String>> creators = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        if (i % 5 == 0) {
          pagers.add(callers.submit(() -> all(world)));
        } else {
          creators.add(callers.submit(() -> create(world)));
        }
      }
      Set<String> made = new HashSet<>(there);
      for (Future<String> creator : creators) {
        made.add(creator.get());
      }
      for (Future<List<String>> pager : pagers) {
        List<String> seen = pager.get();
        assertThat(seen).doesNotHaveDuplicates().containsAll(there);
        assertThat(made).containsAll(seen);
      }
      assertThat(all(world)).doesNotHaveDuplicates().hasSize(made.size()).containsAll(made);
    }
  }

  private static List<String> all(SimWorld world) {
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      Page<SecretView> page =
          await(world.secrets().list(world.admin(), world.folder().id(), 50, token));
      page.elements().forEach(view -> seen.add(view.secret().id()));
      token = page.nextToken();
    } while (!token.isEmpty());
    return seen;
  }

  private static String create(SimWorld world) {
    try (CreateSecret command = Drafts.secret(world.folder().id(), "")) {
      Operation made = await(world.secrets().create(world.admin(), command));
      return made.resourceId();
    }
  }
}
