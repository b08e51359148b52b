package io.coffer.core.kms;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.stored.AuditRecord;
import io.coffer.CofferException;
import io.coffer.Problem;
import io.coffer.core.Keyspace;
import io.coffer.core.Page;
import io.coffer.core.access.AccessBinding;
import io.coffer.core.access.Role;
import io.coffer.core.binding.Bound;
import io.coffer.core.operation.Operation;
import io.coffer.core.operation.OperationKind;
import io.coffer.crypto.TenantKey.Algorithm;
import io.coffer.engine.Row;
import io.coffer.testing.SimWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SymmetricKeysTest {
  private final SimWorld world = SimWorld.of(11);
  private final String folderId = world.folder().id();

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private KeyView view(String keyId) {
    return await(world.keys().get(world.admin(), keyId));
  }

  private Optional<Row> material(String keyId, String versionId) {
    return world.engine().read(tx -> tx.get(Keyspace.dataKey(keyId, versionId)));
  }

  private UpdateKey update(String keyId, Set<UpdateKey.Field> mask) {
    return new UpdateKey(
        keyId,
        mask,
        "renamed",
        "described",
        new TreeMap<>(Map.of("a", "b")),
        SymmetricKey.Status.INACTIVE,
        Algorithm.AES_128,
        Optional.of(Duration.ofDays(30)),
        true);
  }

  @Test
  void aKeyIsMadeWithAPrimaryVersion() {
    CreateKey command =
        new CreateKey(
            folderId,
            "name",
            "description",
            new TreeMap<>(Map.of("l", "v")),
            Algorithm.AES_192,
            Optional.of(Duration.ofDays(90)),
            true);
    Operation made = await(world.keys().create(world.admin(), command));

    assertThat(made.kind()).isEqualTo(OperationKind.CREATE_KEY);
    assertThat(List.of(made.id(), made.resourceId(), made.versionId()))
        .allSatisfy(id -> assertThat(id).matches("abj[a-z0-9]{17}"));
    KeyView view = view(made.resourceId());
    assertThat(view.key())
        .isEqualTo(
            new SymmetricKey(
                made.resourceId(),
                folderId,
                world.now(),
                "name",
                "description",
                new TreeMap<>(Map.of("l", "v")),
                SymmetricKey.Status.ACTIVE,
                made.versionId(),
                Algorithm.AES_192,
                world.now(),
                Optional.of(Duration.ofDays(90)),
                true));
    assertThat(view.primary())
        .isEqualTo(
            new KeyVersion(
                made.versionId(),
                made.resourceId(),
                world.now(),
                Algorithm.AES_192,
                new KeyVersion.Status.Active()));
    assertThat(KeyResult.decode(made.result()))
        .isEqualTo(new KeyResult(view.key(), view.primary()));
    assertThat(await(world.operations().get(world.admin(), made.id()))).isEqualTo(made);
  }

  @Test
  void aChangeIsOnRecordWithItsKeyAndVersion() {
    String keyId = KeyDrafts.made(world);
    Operation rotated = await(world.keys().rotate(world.admin(), keyId));

    AuditRecord record = world.records().getLast();
    assertThat(record.getEventType()).isEqualTo("yandex.cloud.audit.kms.RotateSymmetricKey");
    assertThat(record.getDetailsList().toString()).contains(keyId, rotated.versionId());
    assertThat(record.getPathList().getLast().getId()).isEqualTo(folderId);
  }

  @Test
  void anUpdateChangesWhatIsMaskedAndNothingElse() {
    for (UpdateKey.Field field : UpdateKey.Field.values()) {
      String keyId = KeyDrafts.made(world);
      SymmetricKey before = view(keyId).key();
      Operation done = await(world.keys().update(world.admin(), update(keyId, EnumSet.of(field))));

      SymmetricKey after = view(keyId).key();
      assertThat(KeyResult.decode(done.result()).key()).isEqualTo(after);
      SymmetricKey expected =
          new SymmetricKey(
              keyId,
              folderId,
              before.createdAt(),
              field == UpdateKey.Field.NAME ? "renamed" : before.name(),
              field == UpdateKey.Field.DESCRIPTION ? "described" : before.description(),
              field == UpdateKey.Field.LABELS ? new TreeMap<>(Map.of("a", "b")) : before.labels(),
              field == UpdateKey.Field.STATUS ? SymmetricKey.Status.INACTIVE : before.status(),
              before.primaryVersion(),
              field == UpdateKey.Field.DEFAULT_ALGORITHM
                  ? Algorithm.AES_128
                  : before.defaultAlgorithm(),
              before.rotatedAt(),
              field == UpdateKey.Field.ROTATION_PERIOD
                  ? Optional.of(Duration.ofDays(30))
                  : before.rotationPeriod(),
              field == UpdateKey.Field.DELETION_PROTECTION);
      assertThat(after).isEqualTo(expected);
    }
  }

  @Test
  void anUpdateOfNothingIsRefused() {
    assertThatThrownBy(() -> update("abj", Set.of()))
        .isInstanceOfSatisfying(
            CofferException.class,
            e ->
                assertThat(e.problem())
                    .isEqualTo(new Problem.Invalid("update_mask", "must name a field")));
  }

  @Test
  void aRotationPeriodHasItsLimits() {
    for (Duration good : List.of(SymmetricKey.ROTATION_MIN, SymmetricKey.ROTATION_MAX)) {
      assertThat(KeyDrafts.key(folderId, Algorithm.AES_256, Optional.of(good))).isNotNull();
    }
    for (Duration bad :
        List.of(
            SymmetricKey.ROTATION_MIN.minusNanos(1),
            SymmetricKey.ROTATION_MAX.plusNanos(1),
            Duration.ofSeconds(-1))) {
      assertThatThrownBy(() -> KeyDrafts.key(folderId, Algorithm.AES_256, Optional.of(bad)))
          .isInstanceOfSatisfying(
              CofferException.class,
              e ->
                  assertThat(e.problem())
                      .isEqualTo(new Problem.Invalid("rotation_period", "must be 1 to 3650 days")));
    }
  }

  @Test
  void keysAreListedInPagesOfTheirFolder() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(KeyDrafts.made(world));
    }
    String elsewhere = KeyDrafts.key(world.dockerFolder().id()).folderId();
    await(world.keys().create(world.admin(), KeyDrafts.key(elsewhere)));

    List<String> listed = new ArrayList<>();
    String token = "";
    do {
      Page<KeyView> page = await(world.keys().list(world.admin(), folderId, 2, token));
      page.elements().forEach(view -> listed.add(view.key().id()));
      token = page.nextToken();
    } while (!token.isEmpty());

    assertThat(listed).isSorted().containsExactlyInAnyOrderElementsOf(made);
    String first = await(world.keys().list(world.admin(), folderId, 2, "")).nextToken();
    assertThat(problem(world.keys().list(world.admin(), elsewhere, 2, first)))
        .isEqualTo(new Problem.Invalid("page_token", "must be one that this list gave"));
  }

  @Test
  void versionsAreListedInPagesOfTheirKey() {
    String keyId = KeyDrafts.made(world);
    Set<String> made = new TreeSet<>();
    made.add(view(keyId).primary().id());
    for (int i = 0; i < 4; i++) {
      made.add(await(world.keys().rotate(world.admin(), keyId)).versionId());
    }

    List<String> listed = new ArrayList<>();
    String token = "";
    do {
      KeyVersions.KeyVersionPage part =
          await(world.keyVersions().list(world.admin(), keyId, 2, token));
      part.page().elements().forEach(version -> listed.add(version.id()));
      token = part.page().nextToken();
    } while (!token.isEmpty());

    assertThat(listed).containsExactlyElementsOf(made);
  }

  @Test
  void operationsAreListedTheNewestFirstUntilTheKeyIsDeleted() {
    Operation created = await(world.keys().create(world.admin(), KeyDrafts.key(folderId)));
    String keyId = created.resourceId();
    world.advance(Duration.ofSeconds(1));
    Operation rotated = await(world.keys().rotate(world.admin(), keyId));
    KeyDrafts.made(world);

    Page<Operation> first = await(world.keys().listOperations(world.admin(), keyId, 1, ""));
    assertThat(first.elements()).containsExactly(rotated);
    assertThat(
            await(world.keys().listOperations(world.admin(), keyId, 1, first.nextToken()))
                .elements())
        .containsExactly(created);

    await(world.keys().delete(world.admin(), keyId));
    assertThat(problem(world.keys().listOperations(world.admin(), keyId, 0, "")))
        .isEqualTo(new Problem.NotFound("symmetric key", keyId));
    assertThat(await(world.operations().get(world.admin(), created.id()))).isEqualTo(created);
  }

  @Test
  void aRotatedKeyHasANewPrimaryVersionOfItsAlgorithmOfNow() {
    String keyId = KeyDrafts.made(world);
    String first = view(keyId).primary().id();
    await(
        world
            .keys()
            .update(world.admin(), update(keyId, EnumSet.of(UpdateKey.Field.DEFAULT_ALGORITHM))));
    world.advance(Duration.ofMinutes(5));

    Operation rotated = await(world.keys().rotate(world.admin(), keyId));

    KeyView view = view(keyId);
    assertThat(view.primary().id()).isEqualTo(rotated.versionId()).isNotEqualTo(first);
    assertThat(view.primary().algorithm()).isEqualTo(Algorithm.AES_128);
    assertThat(view.key().rotatedAt()).isEqualTo(world.now());
  }

  @Test
  void anotherVersionBecomesPrimaryIfItIsActive() {
    String keyId = KeyDrafts.made(world);
    String first = view(keyId).primary().id();
    String second = await(world.keys().rotate(world.admin(), keyId)).versionId();

    await(world.keys().setPrimaryVersion(world.admin(), keyId, first));
    assertThat(view(keyId).primary().id()).isEqualTo(first);

    await(
        world.keyVersions().scheduleDestruction(world.admin(), keyId, second, Duration.ofDays(7)));
    assertThat(problem(world.keys().setPrimaryVersion(world.admin(), keyId, second)))
        .isEqualTo(new Problem.Unmet("key version is SCHEDULED_FOR_DESTRUCTION", second));
    assertThat(problem(world.keys().setPrimaryVersion(world.admin(), keyId, "abjnone")))
        .isEqualTo(new Problem.NotFound("key version", "abjnone"));
  }

  @Test
  void aKeyHasNoMoreLiveVersionsThanItMay() {
    String keyId = KeyDrafts.made(world);
    for (int i = 1; i < Rotation.LIVE_MAX; i++) {
      await(world.keys().rotate(world.admin(), keyId));
    }
    assertThat(problem(world.keys().rotate(world.admin(), keyId)))
        .isEqualTo(new Problem.Exhausted("kms.symmetricKeyVersions.count", Rotation.LIVE_MAX));

    String old =
        await(world.keyVersions().list(world.admin(), keyId, 2, "")).page().elements().stream()
            .map(KeyVersion::id)
            .filter(id -> !id.equals(view(keyId).primary().id()))
            .findFirst()
            .orElseThrow();
    await(world.keyVersions().scheduleDestruction(world.admin(), keyId, old, Duration.ZERO));
    assertThat(world.runDue()).isEqualTo(1);
    assertThat(await(world.keys().rotate(world.admin(), keyId))).isNotNull();
  }

  @Test
  void thePrimaryVersionIsNotDestroyed() {
    String keyId = KeyDrafts.made(world);
    String primary = view(keyId).primary().id();

    assertThat(
            problem(
                world
                    .keyVersions()
                    .scheduleDestruction(world.admin(), keyId, primary, Duration.ZERO)))
        .isEqualTo(new Problem.Unmet("key version is primary, make another one that", primary));
  }

  @Test
  void aPendingPeriodHasItsLimits() {
    String keyId = KeyDrafts.made(world);
    String old = view(keyId).primary().id();
    await(world.keys().rotate(world.admin(), keyId));

    for (Duration bad : List.of(Duration.ofNanos(-1), KeyVersions.PENDING_MAX.plusNanos(1))) {
      assertThatThrownBy(
              () -> world.keyVersions().scheduleDestruction(world.admin(), keyId, old, bad))
          .isInstanceOf(CofferException.class);
    }
    assertThat(
            await(
                world
                    .keyVersions()
                    .scheduleDestruction(world.admin(), keyId, old, KeyVersions.PENDING_MAX)))
        .isNotNull();
  }

  @Test
  void aScheduledVersionIsDestroyedInTimeAndNotBefore() {
    String keyId = KeyDrafts.made(world);
    String old = view(keyId).primary().id();
    await(world.keys().rotate(world.admin(), keyId));
    Operation scheduled =
        await(
            world
                .keyVersions()
                .scheduleDestruction(world.admin(), keyId, old, KeyVersions.PENDING_DEFAULT));
    assertThat(KeyResult.decode(scheduled.result()).version().status())
        .isEqualTo(new KeyVersion.Status.Scheduled(world.now().plus(Duration.ofDays(7))));

    world.advance(Duration.ofDays(7).minusNanos(1));
    assertThat(world.runDue()).isZero();
    world.advance(Duration.ofNanos(1));
    assertThat(world.runDue()).isEqualTo(1);

    assertThat(material(keyId, old)).isEmpty();
    assertThat(problem(world.keyVersions().cancelDestruction(world.admin(), keyId, old)))
        .isEqualTo(new Problem.Unmet("key version is DESTROYED", old));
    assertThat(
            problem(
                world.keyVersions().scheduleDestruction(world.admin(), keyId, old, Duration.ZERO)))
        .isEqualTo(new Problem.Unmet("key version is DESTROYED", old));
    AuditRecord record = world.records().getLast();
    assertThat(record.getEventType())
        .isEqualTo("io.coffer.audit.server.DestroySymmetricKeyVersion");
    assertThat(record.getDetailsList().toString()).contains(keyId, old);
  }

  @Test
  void aCancelledDestructionDoesNotHappen() {
    String keyId = KeyDrafts.made(world);
    String old = view(keyId).primary().id();
    await(world.keys().rotate(world.admin(), keyId));
    assertThat(problem(world.keyVersions().cancelDestruction(world.admin(), keyId, old)))
        .isEqualTo(new Problem.Unmet("key version is not SCHEDULED_FOR_DESTRUCTION", old));
    await(world.keyVersions().scheduleDestruction(world.admin(), keyId, old, Duration.ofDays(1)));
    await(world.keyVersions().scheduleDestruction(world.admin(), keyId, old, Duration.ofDays(2)));

    Operation cancelled = await(world.keyVersions().cancelDestruction(world.admin(), keyId, old));

    assertThat(KeyResult.decode(cancelled.result()).version().status())
        .isEqualTo(new KeyVersion.Status.Active());
    world.advance(Duration.ofDays(400));
    assertThat(world.runDue()).isZero();
  }

  @Test
  void aKeyIsRotatedByItsPeriodOnceHoweverLate() {
    CreateKey command = KeyDrafts.key(folderId, Algorithm.AES_256, Optional.of(Duration.ofDays(1)));
    String keyId = await(world.keys().create(world.admin(), command)).resourceId();
    String first = view(keyId).primary().id();
    assertThat(world.runDue()).isZero();

    world.advance(Duration.ofDays(40)); // The server was down, or the clock jumped.
    assertThat(world.runDue()).isEqualTo(1);
    assertThat(world.runDue()).isZero();
    String second = view(keyId).primary().id();
    assertThat(second).isNotEqualTo(first);
    assertThat(view(keyId).key().rotatedAt()).isEqualTo(world.now());
    assertThat(world.records().getLast().getEventType())
        .isEqualTo("io.coffer.audit.server.RotateSymmetricKey");
    assertThat(world.records().getLast().getSubjectId()).isEqualTo("server");

    world.advance(Duration.ofDays(-40)); // Set back: what is due waits.
    assertThat(world.runDue()).isZero();
    world.advance(Duration.ofDays(41));
    assertThat(world.runDue()).isEqualTo(1);
    assertThat(view(keyId).primary().id()).isNotEqualTo(second);
  }

  @Test
  void aRotationByHandPutsTheNextOneOff() {
    CreateKey command = KeyDrafts.key(folderId, Algorithm.AES_256, Optional.of(Duration.ofDays(2)));
    String keyId = await(world.keys().create(world.admin(), command)).resourceId();
    world.advance(Duration.ofDays(1));
    await(world.keys().rotate(world.admin(), keyId));
    world.advance(Duration.ofDays(1));
    assertThat(world.runDue()).isZero();
    world.advance(Duration.ofDays(1));
    assertThat(world.runDue()).isEqualTo(1);
  }

  @Test
  void aKeyWithoutItsPeriodIsNotRotatedAnyMore() {
    CreateKey command = KeyDrafts.key(folderId, Algorithm.AES_256, Optional.of(Duration.ofDays(2)));
    String keyId = await(world.keys().create(world.admin(), command)).resourceId();
    await(
        world
            .keys()
            .update(
                world.admin(),
                new UpdateKey(
                    keyId,
                    EnumSet.of(UpdateKey.Field.ROTATION_PERIOD),
                    "",
                    "",
                    new TreeMap<>(),
                    SymmetricKey.Status.ACTIVE,
                    Algorithm.AES_256,
                    Optional.empty(),
                    false)));

    world.advance(Duration.ofDays(400));
    assertThat(world.runDue()).isZero();
  }

  @Test
  void aDeletedKeyIsGoneAtOnceAndDestroyedAfterThreeDays() {
    CreateKey command = KeyDrafts.key(folderId, Algorithm.AES_256, Optional.of(Duration.ofDays(1)));
    String keyId = await(world.keys().create(world.admin(), command)).resourceId();
    String first = view(keyId).primary().id();
    String second = await(world.keys().rotate(world.admin(), keyId)).versionId();
    await(world.keyVersions().scheduleDestruction(world.admin(), keyId, first, Duration.ofDays(1)));

    Operation deleted = await(world.keys().delete(world.admin(), keyId));

    assertThat(KeyResult.decode(deleted.result()).key().id()).isEqualTo(keyId);
    assertThat(problem(world.keys().get(world.admin(), keyId)))
        .isEqualTo(new Problem.NotFound("symmetric key", keyId));
    assertThat(problem(world.keyVersions().list(world.admin(), keyId, 0, "")))
        .isEqualTo(new Problem.NotFound("symmetric key", keyId));
    assertThat(await(world.keys().list(world.admin(), folderId, 0, "")).elements()).isEmpty();
    assertThat(await(world.operations().get(world.admin(), deleted.id()))).isEqualTo(deleted);

    world.advance(Duration.ofDays(1));
    assertThat(world.runDue()).isEqualTo(1);
    assertThat(material(keyId, first)).isEmpty();
    assertThat(material(keyId, second)).isPresent();
    world.advance(Duration.ofDays(2));
    assertThat(world.runDue()).isEqualTo(1);
    assertThat(world.rows())
        .filteredOn(row -> "ky".indexOf(row.key().at(0)) >= 0)
        .filteredOn(row -> new String(row.key().shared(), UTF_8).contains(keyId))
        .isEmpty();
    assertThat(world.records().getLast().getDetailsList().toString()).contains(keyId, second);
  }

  @Test
  void aDeletedKeyIsDestroyedAlsoWhereItsFolderIsGone() {
    String keyId = KeyDrafts.made(world);
    String version = view(keyId).primary().id();
    await(world.keys().delete(world.admin(), keyId));
    await(
        world
            .engine()
            .write(tx -> {
              tx.delete(Keyspace.folder(folderId));
              return true;
            }));

    world.advance(Duration.ofDays(3));
    assertThat(world.runDue()).isEqualTo(1);
    assertThat(material(keyId, version)).isEmpty();
    assertThat(world.records().getLast().getDetailsList().toString()).contains(keyId, version);
  }

  @Test
  void aProtectedKeyIsNotDeleted() {
    String keyId = KeyDrafts.made(world);
    await(
        world
            .keys()
            .update(world.admin(), update(keyId, EnumSet.of(UpdateKey.Field.DELETION_PROTECTION))));

    assertThat(problem(world.keys().delete(world.admin(), keyId)))
        .isEqualTo(new Problem.Unmet("deletion protection is set", keyId));
  }

  @Test
  void aKeyThatIsNotThereIsNotFoundByThoseWhoMayLook() {
    for (String missing : List.of("abjnone", "", "a\0b")) {
      assertThat(problem(world.keys().get(world.admin(), missing)))
          .isEqualTo(new Problem.NotFound("symmetric key", missing));
    }
    assertThat(problem(world.keys().list(world.admin(), "b1gnone", 0, "")))
        .isEqualTo(new Problem.NotFound("folder", "b1gnone"));
  }

  /** Else whoever may bind roles on secrets could give himself the use of keys. */
  @Test
  void aKeyIsNoSecretAndItsRolesAreNotBoundAsOnesOfASecret() {
    String keyId = KeyDrafts.made(world);
    world.bind(folderId, Role.LOCKBOX_ADMIN, "ajelockbox");
    List<AccessBinding> wanted = List.of(AccessBinding.of("kms.keys.user", "userAccount", "ajeme"));

    assertThat(
            problem(
                world.bindings().set(world.believed("ajelockbox"), Bound.secret(keyId), wanted)))
        .isEqualTo(new Problem.NotFound("secret", keyId));
    assertThat(
            problem(
                world
                    .bindings()
                    .set(world.believed("ajelockbox"), Bound.symmetricKey(keyId), wanted)))
        .isEqualTo(new Problem.Denied("kms.symmetricKey", keyId));
    assertThat(problem(world.secrets().get(world.admin(), keyId)))
        .isEqualTo(new Problem.NotFound("secret", keyId));
  }
}
