package io.coffer.core.secret;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Keyspace;
import io.coffer.core.Page;
import io.coffer.core.access.Role;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.testing.Drafts;
import io.coffer.testing.SimWorld;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class VersionsTest {
  private final SimWorld world = SimWorld.of(7);

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private String secret(PayloadEntry... entries) {
    try (CreateSecret command = Drafts.secret(world.folder().id(), "n", entries)) {
      return await(world.secrets().create(world.admin(), command)).resourceId();
    }
  }

  private String generating(PasswordSpecification specification) {
    try (CreateSecret command = Drafts.generated(world.folder().id(), "n", specification)) {
      return await(world.secrets().create(world.admin(), command)).resourceId();
    }
  }

  private CompletionStage<Operation> adding(AddVersion command) {
    try (command) {
      return world.versions().add(world.admin(), command);
    }
  }

  private Operation add(String secretId, PayloadEntry... entries) {
    return await(adding(Drafts.version(secretId, entries)));
  }

  private List<String> payload(String secretId) {
    try (Payload payload = await(world.payloads().get(world.admin(), secretId, ""))) {
      return payload.entries().stream().map(e -> e.key() + "=" + Drafts.text(e)).toList();
    }
  }

  private Version current(String secretId) {
    return await(world.secrets().get(world.admin(), secretId)).current().orElseThrow();
  }

  private void put(Version version, VersionStatus status) {
    await(
        world
            .engine()
            .write(tx -> {
              tx.put(
                  Keyspace.version(version.secretId(), version.id()),
                  SecretCodec.encode(version.with(status)));
              return true;
            }));
  }

  @Test
  void changesAreMergedOverTheCurrentVersionInItsOrder() {
    String id = secret(Drafts.text("a", "1"), Drafts.text("b", "2"), Drafts.text("c", "3"));

    Operation added = add(id, Drafts.text("z", "26"), Drafts.text("c", "33"), Drafts.text("a", ""));

    assertThat(payload(id)).containsExactly("b=2", "c=33", "z=26");
    Version current = current(id);
    assertThat(current.id()).isEqualTo(added.versionId());
    assertThat(current.entryKeys()).containsExactly("b", "c", "z");
    assertThat(added.kind()).isEqualTo(OperationKind.ADD_VERSION);
    assertThat(VersionResult.decode(added.result()).version()).isEqualTo(current);
    assertThat(await(world.operations().get(world.admin(), added.id()))).isEqualTo(added);
  }

  @Test
  void aBinaryEntryStaysBinaryAndMayBecomeText() {
    String id = secret(Drafts.binary("a", (byte) 1), Drafts.binary("b", (byte) 2));

    add(id, Drafts.text("b", "two"));

    try (Payload payload = await(world.payloads().get(world.admin(), id, ""))) {
      assertThat(payload.entries()).extracting(PayloadEntry::binary).containsExactly(true, false);
    }
  }

  @Test
  void anOlderVersionIsStillReadAndCanBeTheBase() {
    String id = secret(Drafts.text("a", "1"));
    String first = current(id).id();
    add(id, Drafts.text("a", "2"));

    try (Payload old = await(world.payloads().get(world.admin(), id, first))) {
      assertThat(Drafts.text(old.entries().getFirst())).isEqualTo("1");
    }
    Operation back = await(adding(Drafts.version(id, first)));
    assertThat(payload(id)).containsExactly("a=1");
    assertThat(back.versionId()).isNotEqualTo(first);
    await(adding(Drafts.version(id, first, Drafts.text("b", "3"))));
    assertThat(payload(id)).containsExactly("a=1", "b=3");
  }

  @Test
  void aSecretWithoutAVersionGetsItsFirst() {
    String id = secret();
    add(id, Drafts.text("k", "v"));
    assertThat(payload(id)).containsExactly("k=v");
  }

  @Test
  void aCurrentVersionThatCannotBeReadIsNoBase() {
    for (VersionStatus status :
        List.of(
            new VersionStatus.Scheduled(SimWorld.START.plusSeconds(9)),
            new VersionStatus.Destroyed())) {
      String id = secret(Drafts.text("old", "1"));
      put(current(id), status);

      add(id, Drafts.text("k", "v"));

      assertThat(payload(id)).containsExactly("k=v");
    }
  }

  @Test
  void aBaseThatIsNotActiveOrNotThereIsRefused() {
    String id = secret(Drafts.text("k", "v"));
    String other = current(secret(Drafts.text("k", "v"))).id();
    Version first = current(id);
    for (String missing : List.of("e6qnone", other)) {
      assertThat(problem(adding(Drafts.version(id, missing))))
          .isEqualTo(new Problem.NotFound("version", missing));
    }
    put(first, new VersionStatus.Scheduled(SimWorld.START.plusSeconds(9)));
    assertThat(problem(adding(Drafts.version(id, first.id()))))
        .isEqualTo(new Problem.Unmet("version is SCHEDULED_FOR_DESTRUCTION", first.id()));
    put(first, new VersionStatus.Destroyed());
    assertThat(problem(adding(Drafts.version(id, first.id()))))
        .isEqualTo(new Problem.Unmet("version is DESTROYED", first.id()));
  }

  @Test
  void aPayloadWithoutEntriesIsRefused() {
    Problem empty = new Problem.Invalid("payload_entries", "must leave the version an entry");
    String id = secret(Drafts.text("k", "v"));
    assertThat(problem(adding(Drafts.version(id, Drafts.text("k", ""))))).isEqualTo(empty);
    assertThat(problem(adding(Drafts.version(secret())))).isEqualTo(empty);
    assertThat(payload(id)).containsExactly("k=v");
  }

  @Test
  void aKeyMustNotRepeat() {
    assertThatThrownBy(
            () -> Drafts.version("e6qx", Drafts.text("k", "1"), Drafts.text("k", "")).close())
        .isInstanceOfSatisfying(
            CofferException.class,
            refusal ->
                assertThat(refusal.problem())
                    .isEqualTo(new Problem.Invalid("payload_entries.key", "must not repeat")));
  }

  @Test
  void aSpecificationGeneratesAnotherPasswordEachTime() {
    PasswordSpecification specification = PasswordsTest.digits(8);
    String id = generating(specification);
    List<String> first = payload(id);

    add(id);

    assertThat(payload(id)).isNotEqualTo(first).allMatch(entry -> entry.matches(".*=[0-9]{8}"));
    assertThat(current(id).password()).contains(specification);
  }

  @Test
  void whatASpecificationGeneratesCannotBeSent() {
    String id = generating(PasswordsTest.digits(8));
    assertThat(problem(adding(Drafts.version(id, Drafts.text("k", "v")))))
        .isEqualTo(
            new Problem.Unmet(
                "has a password specification that makes its payload, "
                    + "payload_entries must be omitted",
                id));
  }

  /** As Terraform adds one: it names the current version as the base, whatever it is for. */
  @Test
  void aSpecificationGeneratesAlsoIfTheCurrentVersionIsNamedAsTheBase() {
    String id = generating(PasswordsTest.digits(8));
    List<String> first = payload(id);

    await(adding(Drafts.version(id, current(id).id())));

    assertThat(payload(id)).isNotEqualTo(first).allMatch(entry -> entry.matches(".*=[0-9]{8}"));
    Version current = current(id);
    assertThat(current.password()).contains(PasswordsTest.digits(8));
    put(current, new VersionStatus.Scheduled(SimWorld.START.plusSeconds(9)));
    assertThat(problem(adding(Drafts.version(id, current.id())))).isInstanceOf(Problem.Unmet.class);
  }

  @Test
  void anOlderPasswordComesBackIfItsVersionIsNamed() {
    String id = generating(PasswordsTest.digits(8));
    String first = current(id).id();
    List<String> old = payload(id);
    add(id);

    await(adding(Drafts.version(id, first)));

    assertThat(payload(id)).isEqualTo(old);
    assertThat(current(id).password()).contains(PasswordsTest.digits(8));
  }

  @Test
  void aVersionHoldsSoManyBytesAndNotOneMore() {
    String id = secret(Drafts.text("k", "v"));
    String full = "x".repeat(SecretLimits.DEFAULT.versionBytes() - 1);
    add(id, Drafts.text("more", full));
    assertThat(problem(adding(Drafts.version(id, Drafts.text("k", "vv")))))
        .isEqualTo(
            new Problem.Violated("payload_entries", "bytes of all values together", "<=65536"));
  }

  @Test
  void inTheDockerFolderAVersionHoldsWhatDockerAllows() {
    String id;
    try (CreateSecret command =
        Drafts.docker(world.dockerFolder().id(), "n", "v".getBytes(StandardCharsets.UTF_8))) {
      id = await(world.secrets().create(world.dockerAdmin(), command)).resourceId();
    }
    add(id, Drafts.text("more", "x".repeat(SealedVersion.DOCKER_PAYLOAD_MAX - 1)));
    assertThat(problem(adding(Drafts.version(id, Drafts.text("data", "vv")))))
        .isEqualTo(
            new Problem.Invalid(
                "payload_entries",
                "all values together must be at most 511999 bytes in the Docker folder"));
  }

  @Test
  void oneMoreLiveVersionThanTheQuotaIsRefusedAndDestroyedOnesDoNotCount() {
    String id = secret(Drafts.text("k", "v"));
    Version first = current(id);
    await(
        world
            .engine()
            .write(tx -> {
              for (int i = 1; i < SecretLimits.DEFAULT.versions(); i++) {
                Version version =
                    new Version(
                        "e6q" + i,
                        id,
                        first.createdAt(),
                        "",
                        new VersionStatus.Active(),
                        first.entryKeys(),
                        Optional.empty());
                tx.put(Keyspace.version(id, version.id()), SecretCodec.encode(version));
              }
              return true;
            }));
    assertThat(problem(adding(Drafts.version(id, Drafts.text("k", "w")))))
        .isEqualTo(new Problem.Exhausted("lockbox.versions.count", 1000));

    put(
        new Version(
            "e6q1",
            id,
            first.createdAt(),
            "",
            new VersionStatus.Active(),
            first.entryKeys(),
            Optional.empty()),
        new VersionStatus.Destroyed());
    add(id, Drafts.text("k", "w"));
  }

  @Test
  void aSecretWhoseDriverGivesItsValueGetsNoVersion() {
    world.drivers().put("vault");
    try (CreateSecret command =
        CreateSecret.fromDocker(
            world.dockerFolder().id(),
            "driven",
            Map.of(),
            List.of(),
            Optional.of(new Driver("vault", new TreeMap<>())),
            Optional.empty())) {
      String id = await(world.secrets().create(world.dockerAdmin(), command)).resourceId();
      assertThat(problem(adding(Drafts.version(id, Drafts.text("k", "v")))))
          .isEqualTo(new Problem.Unmet("has a driver that gives its value", id));
    }
  }

  @Test
  void anEditorAddsVersionsAndStillReadsNone() {
    String id = secret(Drafts.text("k", "v"));
    world.bind(id, Role.LOCKBOX_EDITOR, "ajeeditor");
    try (AddVersion command = Drafts.version(id, Drafts.text("other", "w"))) {
      await(world.versions().add(world.believed("ajeeditor"), command));
    }
    assertThat(problem(world.payloads().get(world.believed("ajeeditor"), id, "")))
        .isInstanceOf(Problem.Denied.class);
    assertThat(payload(id)).containsExactly("k=v", "other=w");
  }

  @Test
  void anAdditionIsOnRecordWithKeysAndWithoutValues() {
    String id = secret(Drafts.text("user", "canary-base"));
    Operation added = add(id, Drafts.text("pass", "canary-value"));
    var record = world.records().getLast();
    assertThat(record.getEventType()).isEqualTo("yandex.cloud.audit.lockbox.AddVersion");
    assertThat(record.toString())
        .contains(id, added.versionId(), "user", "pass")
        .doesNotContain("canary");
  }

  @Test
  void anAdditionIsAChangeOfTheSecret() {
    String id = secret(Drafts.text("k", "v"));
    SecretView before = await(world.secrets().get(world.admin(), id));
    world.advance(Duration.ofHours(1));
    add(id, Drafts.text("k", "w"));
    SecretView after = await(world.secrets().get(world.admin(), id));
    assertThat(after.revision()).isGreaterThan(before.revision());
    assertThat(after.secret().updatedAt()).isEqualTo(SimWorld.START.plus(Duration.ofHours(1)));
    assertThat(after.secret().createdAt()).isEqualTo(SimWorld.START);
  }

  private Operation schedule(String secretId, String versionId, Duration pending) {
    return await(
        world
            .versions()
            .scheduleDestruction(
                world.admin(), new ScheduleDestruction(secretId, versionId, pending)));
  }

  private VersionStatus status(String secretId, String versionId) {
    return await(world.versions().list(world.admin(), secretId, 0, "")).elements().stream()
        .filter(version -> version.id().equals(versionId))
        .findFirst()
        .orElseThrow()
        .status();
  }

  private long due() {
    return world.rows().stream().filter(row -> row.key().at(0) == 'd').count();
  }

  @Test
  void aListGivesEveryVersionOnceOverItsPages() {
    String id = secret(Drafts.text("k", "0"));
    List<String> made = new ArrayList<>(List.of(current(id).id()));
    for (int i = 1; i < 5; i++) {
      made.add(add(id, Drafts.text("k", "" + i)).versionId());
    }
    List<String> listed = new ArrayList<>();
    String token = "";
    do {
      Page<Version> page = await(world.versions().list(world.admin(), id, 2, token));
      page.elements().forEach(version -> listed.add(version.id()));
      token = page.nextToken();
      assertThat(token.length()).isLessThanOrEqualTo(100);
    } while (!token.isEmpty());
    assertThat(listed).containsExactlyInAnyOrderElementsOf(made);
  }

  @Test
  void aTokenOfAnotherListIsRefused() {
    String id = secret(Drafts.text("k", "0"));
    add(id, Drafts.text("k", "1"));
    String other = secret(Drafts.text("k", "0"));
    String token = await(world.versions().list(world.admin(), id, 1, "")).nextToken();
    assertThat(problem(world.versions().list(world.admin(), other, 1, token)))
        .isInstanceOf(Problem.Invalid.class);
    assertThat(problem(world.secrets().listOperations(world.admin(), id, 1, token)))
        .isInstanceOf(Problem.Invalid.class);
  }

  @Test
  void anOlderVersionBecomesCurrentAndTheBaseOfTheNext() {
    String id = secret(Drafts.text("a", "1"));
    String first = current(id).id();
    add(id, Drafts.text("b", "2"));

    Operation set = await(world.versions().setCurrent(world.admin(), id, first));

    assertThat(payload(id)).containsExactly("a=1");
    assertThat(VersionResult.decode(set.result()).version()).isEqualTo(current(id));
    add(id, Drafts.text("c", "3"));
    assertThat(payload(id)).containsExactly("a=1", "c=3");
    assertThat(problem(world.versions().setCurrent(world.admin(), id, "e6qnone")))
        .isEqualTo(new Problem.NotFound("version", "e6qnone"));
    schedule(id, first, Duration.ofDays(1));
    assertThat(problem(world.versions().setCurrent(world.admin(), id, first)))
        .isEqualTo(new Problem.Unmet("version is SCHEDULED_FOR_DESTRUCTION", first));
  }

  @Test
  void aScheduledVersionIsOutOfUseUntilThatIsCancelled() {
    String id = secret(Drafts.text("k", "v"));
    String version = current(id).id();

    Operation scheduled = schedule(id, version, Duration.ofNanos(1_999_999));

    VersionStatus.Scheduled expected = new VersionStatus.Scheduled(SimWorld.START.plusMillis(1));
    assertThat(current(id).status()).isEqualTo(expected);
    assertThat(VersionResult.decode(scheduled.result()).version().status()).isEqualTo(expected);
    assertThat(problem(world.payloads().get(world.admin(), id, "")))
        .isEqualTo(new Problem.Unmet("version is SCHEDULED_FOR_DESTRUCTION", version));
    assertThat(due()).isEqualTo(1);

    await(world.versions().cancelDestruction(world.admin(), id, version));
    assertThat(status(id, version)).isEqualTo(new VersionStatus.Active());
    assertThat(payload(id)).containsExactly("k=v");
    assertThat(due()).isZero();
  }

  @Test
  void aDestructionCanBePutOffAndIsDueOnce() {
    String id = secret(Drafts.text("k", "v"));
    String version = current(id).id();
    schedule(id, version, Duration.ofDays(1));
    schedule(id, version, Duration.ofDays(365));
    assertThat(status(id, version))
        .isEqualTo(new VersionStatus.Scheduled(SimWorld.START.plus(Duration.ofDays(365))));
    assertThat(due()).isEqualTo(1);
  }

  @Test
  void thePendingPeriodHasItsBounds() {
    assertThat(new ScheduleDestruction("s", "v", Duration.ZERO).pending()).isZero();
    assertThat(new ScheduleDestruction("s", "v", Duration.ofDays(365)).pending())
        .isEqualTo(ScheduleDestruction.PENDING_MAX);
    for (Duration wrong : List.of(Duration.ofNanos(-1), Duration.ofDays(365).plusNanos(1))) {
      assertThatThrownBy(() -> new ScheduleDestruction("s", "v", wrong))
          .isInstanceOfSatisfying(
              CofferException.class,
              refusal ->
                  assertThat(refusal.problem())
                      .isEqualTo(new Problem.Invalid("pending_period", "must be 0 s to 365 days")));
    }
  }

  @Test
  void onlyAScheduledDestructionCanBeCancelledAndOnlyInTime() {
    String id = secret(Drafts.text("k", "v"));
    String version = current(id).id();
    assertThat(problem(world.versions().cancelDestruction(world.admin(), id, version)))
        .isEqualTo(new Problem.Unmet("version is ACTIVE, no destruction to cancel", version));
    schedule(id, version, Duration.ofDays(1));
    world.advance(Duration.ofDays(1));
    assertThat(problem(world.versions().cancelDestruction(world.admin(), id, version)))
        .isEqualTo(new Problem.Unmet("the time of its destruction has come", version));
    put(current(id), new VersionStatus.Destroyed());
    assertThat(problem(world.versions().cancelDestruction(world.admin(), id, version)))
        .isEqualTo(new Problem.Unmet("version is DESTROYED", version));
    assertThat(
            problem(
                world
                    .versions()
                    .scheduleDestruction(
                        world.admin(), new ScheduleDestruction(id, version, Duration.ZERO))))
        .isEqualTo(new Problem.Unmet("version is DESTROYED", version));
  }

  @Test
  void aVersionOfAnotherSecretIsNotFound() {
    String id = secret(Drafts.text("k", "v"));
    String other = current(secret(Drafts.text("k", "v"))).id();
    assertThat(
            problem(
                world
                    .versions()
                    .scheduleDestruction(
                        world.admin(), new ScheduleDestruction(id, other, Duration.ZERO))))
        .isEqualTo(new Problem.NotFound("version", other));
  }

  /** Each of many that add at once builds on what those before it left. */
  @Test
  void noneOfManyAdditionsAtOnceIsLost() {
    try (SimWorld busy = SimWorld.committing(3);
        CreateSecret command = Drafts.secret(busy.folder().id(), "n", Drafts.text("first", "v"))) {
      String id = await(busy.secrets().create(busy.admin(), command)).resourceId();
      List<CompletionStage<Operation>> added = new ArrayList<>();
      IntStream.range(0, 40)
          .parallel()
          .forEach(i -> {
            try (AddVersion one = Drafts.version(id, Drafts.text("k" + i, "v" + i))) {
              CompletionStage<Operation> stage = busy.versions().add(busy.admin(), one);
              synchronized (added) {
                added.add(stage);
              }
            }
          });
      added.forEach(SimWorld::await);
      try (Payload payload = await(busy.payloads().get(busy.admin(), id, ""))) {
        assertThat(payload.entries()).hasSize(41);
      }
    }
  }
}
