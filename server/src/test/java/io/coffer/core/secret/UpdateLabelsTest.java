package io.coffer.core.secret;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.stored.AuditRecord;
import io.coffer.Problem;
import io.coffer.SecretBytes;
import io.coffer.core.Call;
import io.coffer.core.access.Role;
import io.coffer.testing.Drafts;
import io.coffer.testing.SimWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Docker's update: what may change, what must be repeated, and in which order it is looked at. */
final class UpdateLabelsTest {
  private final SimWorld world = SimWorld.of(7);
  private final String folderId = world.dockerFolder().id();

  private String id = "";

  @BeforeEach
  void createOne() {
    try (CreateSecret command = Drafts.docker(folderId, "Mine", "value".getBytes(UTF_8))) {
      id = await(world.secrets().create(world.dockerAdmin(), command)).resourceId();
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  private SecretView inspect() {
    return await(world.dockerSecrets().inspect(world.dockerAdmin(), id));
  }

  private static UpdateLabels command(
      String name, Optional<SecretBytes> data, Map<String, String> labels, long revision) {
    return new UpdateLabels("mine", name, data, new TreeMap<>(labels), revision);
  }

  private Problem refusal(Call call, String name, Optional<SecretBytes> data, long revision) {
    return problem(
        world.dockerSecrets().update(call, command(name, data, Map.of("a", "b"), revision)));
  }

  @SuppressWarnings("MustBeClosedChecker") // Nothing secret in a test.
  private static Optional<SecretBytes> data(String value) {
    return Optional.of(SecretBytes.takeOver(value.getBytes(UTF_8)));
  }

  private List<String> events() {
    return world.records().stream().map(AuditRecord::getEventType).toList();
  }

  @Test
  void theDataOfAnInactiveSecretIsNotCompared() {
    await(world.secrets().deactivate(world.admin(), id));
    int before = world.records().size();

    assertThat(refusal(world.dockerAdmin(), "Mine", data("value"), inspect().revision()))
        .isEqualTo(new Problem.Unmet("secret is INACTIVE", id));

    assertThat(events().subList(before, events().size()))
        .noneMatch(event -> event.endsWith("GetPayload"));
  }

  @Test
  void labelsAreReplacedAsAWholeAndTheRevisionMovesOn() {
    SecretView before = inspect();
    world.advance(Duration.ofSeconds(5));

    SecretView after =
        await(
            world
                .dockerSecrets()
                .update(
                    world.dockerAdmin(),
                    command("Mine", Optional.empty(), Map.of("x", "y"), before.revision())));

    assertThat(after.revision()).isGreaterThan(before.revision());
    assertThat(inspect()).isEqualTo(after);
    assertThat(after.secret().labels()).containsExactly(Map.entry("x", "y"));
    assertThat(after.secret().updatedAt()).isEqualTo(world.now());
    assertThat(after.secret().createdAt()).isEqualTo(before.secret().createdAt());
    assertThat(events()).endsWith("io.coffer.audit.docker.UpdateSecret");
  }

  @Test
  void nameAndDataAreHeldAgainstWhatIsThereBeforeTheRevisionIs() {
    Call call = world.dockerAdmin();
    long revision = inspect().revision();

    for (String name : List.of("mine", "", "Other")) {
      assertThat(refusal(call, name, Optional.empty(), 1))
          .isEqualTo(new Problem.Immutable("secret", id));
    }
    assertThat(refusal(call, "Mine", data("other"), revision))
        .isEqualTo(new Problem.Immutable("secret", id));
    for (long stale : List.of(0L, revision - 1, revision + 1, -1L)) {
      assertThat(refusal(call, "Mine", data("value"), stale))
          .isEqualTo(new Problem.Stale(stale, revision));
    }
    assertThat(inspect().secret().labels()).isEmpty();
  }

  @Test
  void aGuessThatChangesNothingIsOnRecordToo() {
    long before = reads();
    assertThat(refusal(world.dockerAdmin(), "Mine", data("guess"), 99_999))
        .isInstanceOf(Problem.Immutable.class);
    assertThat(refusal(world.dockerAdmin(), "Mine", data("value"), 99_999))
        .isInstanceOf(Problem.Stale.class);
    assertThat(reads()).isEqualTo(before + 2);
  }

  private long reads() {
    return events().stream().filter("io.coffer.audit.docker.GetPayload"::equals).count();
  }

  @Test
  void comparingDataIsReadingIt() {
    world.bind(id, Role.LOCKBOX_EDITOR, "ajeeditor");
    world.bind(folderId, Role.LOCKBOX_VIEWER, "ajeeditor");
    Call editor = world.believed("ajeeditor");
    long revision = inspect().revision();

    assertThat(refusal(editor, "Mine", data("value"), revision)).isInstanceOf(Problem.Denied.class);

    await(
        world
            .dockerSecrets()
            .update(world.dockerAdmin(), command("Mine", data("value"), Map.of(), revision)));
    assertThat(events())
        .endsWith("io.coffer.audit.docker.GetPayload", "io.coffer.audit.docker.UpdateSecret");
    await(
        world
            .dockerSecrets()
            .update(
                editor, command("Mine", Optional.empty(), Map.of("c", "d"), inspect().revision())));
  }
}
