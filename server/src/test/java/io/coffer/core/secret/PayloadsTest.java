package io.coffer.core.secret;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.stored.AuditRecord;
import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Keyspace;
import io.coffer.core.access.Role;
import io.coffer.core.operation.Operation;
import io.coffer.crypto.TamperedException;
import io.coffer.engine.Engine;
import io.coffer.engine.EngineException;
import io.coffer.engine.Row;
import io.coffer.testing.Drafts;
import io.coffer.testing.SimWorld;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PayloadsTest {
  private final SimWorld world = SimWorld.of(7);

  @AfterEach
  void everyTestLeavesASoundEngine() {
    world.close();
  }

  private Operation secret(PayloadEntry... entries) {
    try (CreateSecret command = Drafts.secret(world.folder().id(), "n", entries)) {
      return await(world.secrets().create(world.admin(), command));
    }
  }

  private Operation docker(String name, byte... value) {
    try (CreateSecret command = Drafts.docker(world.dockerFolder().id(), name, value)) {
      return await(world.secrets().create(world.dockerAdmin(), command));
    }
  }

  private Problem refusal(String secretId, String versionId) {
    return problem(world.payloads().get(world.admin(), secretId, versionId));
  }

  private void put(Secret secret) {
    write(Keyspace.secret(secret.folderId(), secret.id()), SecretCodec.encode(secret));
  }

  private void put(Version version) {
    write(Keyspace.version(version.secretId(), version.id()), SecretCodec.encode(version));
  }

  private void write(Bytes key, Bytes value) {
    write(world.engine(), key, value);
  }

  private static void write(Engine engine, Bytes key, Bytes value) {
    await(
        engine.write(tx -> {
          tx.put(key, value);
          return true;
        }));
  }

  private static Bytes read(Engine engine, Bytes key) {
    return engine.read(tx -> tx.get(key).orElseThrow().value());
  }

  private static Version with(Version version, VersionStatus status) {
    return new Version(
        version.id(),
        version.secretId(),
        version.createdAt(),
        version.description(),
        status,
        version.entryKeys(),
        version.password());
  }

  private Version version(String secretId) {
    return await(world.secrets().get(world.admin(), secretId)).current().orElseThrow();
  }

  @Test
  void entriesComeBackInTheirOrderAndOfTheirKind() {
    Operation made =
        secret(
            Drafts.text("user", "ünïcode \uD83D\uDD11"),
            Drafts.binary("cert", (byte) 0, (byte) -1, (byte) 10),
            Drafts.text("empty", ""));

    try (Payload payload = await(world.payloads().get(world.admin(), made.resourceId(), ""))) {
      assertThat(payload.versionId()).isEqualTo(made.versionId());
      assertThat(payload.entries())
          .extracting(PayloadEntry::key)
          .containsExactly("user", "cert", "empty");
      assertThat(payload.entries())
          .extracting(PayloadEntry::binary)
          .containsExactly(false, true, false);
      assertThat(Drafts.text(payload.entries().get(0))).isEqualTo("ünïcode \uD83D\uDD11");
      Bytes cert = payload.entries().get(1).value().lend(Bytes::copyOf);
      assertThat(cert).isEqualTo(Bytes.copyOf((byte) 0, (byte) -1, (byte) 10));
      assertThat(payload.entries().get(2).value().length()).isZero();
    }
  }

  @Test
  void aDockerValueIsTextIfItIsUtf8WithoutNul() {
    assertThat(kind(docker("a", "päss".getBytes(StandardCharsets.UTF_8)))).isFalse();
    assertThat(kind(docker("b", "line\r\n\t".getBytes(StandardCharsets.UTF_8)))).isFalse();
    assertThat(kind(docker("c", (byte) 'a', (byte) 0))).isTrue();
    assertThat(kind(docker("d", (byte) 0xc3))).isTrue();
    assertThat(kind(docker("e", (byte) 0xed, (byte) 0xa0, (byte) 0x80))).isTrue();
  }

  private boolean kind(Operation made) {
    try (Payload payload = await(world.payloads().get(world.admin(), made.resourceId(), ""))) {
      assertThat(payload.entries()).hasSize(1);
      assertThat(payload.entries().getFirst().key()).isEqualTo(Payloads.DOCKER_KEY);
      return payload.entries().getFirst().binary();
    }
  }

  @Test
  void aGeneratedPasswordIsThereUnderItsKey() {
    PasswordSpecification specification = PasswordsTest.digits(8);
    try (CreateSecret command = Drafts.generated(world.folder().id(), "n", specification)) {
      Operation made = await(world.secrets().create(world.admin(), command));
      try (Payload payload = await(world.payloads().get(world.admin(), made.resourceId(), ""))) {
        assertThat(payload.entries().getFirst().key()).isEqualTo(specification.key());
        assertThat(Drafts.text(payload.entries().getFirst())).matches("[0-9]{8}");
      }
    }
  }

  @Test
  void everyReadIsOnRecordWithKeysAndWithoutValues() {
    Operation made = secret(Drafts.text("user", "canary-value"));
    await(world.payloads().get(world.admin(), made.resourceId(), "")).close();

    AuditRecord record = world.records().getLast();
    assertThat(record.getEventType()).isEqualTo("yandex.cloud.audit.lockbox.GetPayload");
    assertThat(record.toString())
        .contains(made.resourceId(), made.versionId(), "user")
        .doesNotContain("canary-value");
  }

  @Test
  void aSecretWithoutAVersionHasNoPayload() {
    Operation made = secret();
    assertThat(refusal(made.resourceId(), ""))
        .isEqualTo(new Problem.Unmet("secret has no version", made.resourceId()));
  }

  @Test
  void anInactiveSecretKeepsItsPayloadToItself() {
    Operation made = secret(Drafts.text("k", "v"));
    Secret secret = await(world.secrets().get(world.admin(), made.resourceId())).secret();
    put(
        new Secret(
            secret.id(),
            secret.folderId(),
            secret.createdAt(),
            secret.updatedAt(),
            secret.name(),
            secret.description(),
            secret.labels(),
            secret.kmsKeyId(),
            Secret.Status.INACTIVE,
            secret.currentVersion(),
            secret.deletionProtection(),
            secret.password(),
            secret.driver(),
            secret.templating()));

    for (String versionId : List.of("", made.versionId())) {
      assertThat(refusal(made.resourceId(), versionId))
          .isEqualTo(new Problem.Unmet("secret is INACTIVE", made.resourceId()));
    }
  }

  @Test
  void aScheduledOrDestroyedVersionIsNotRead() {
    Operation made = secret(Drafts.text("k", "v"));
    Version version = version(made.resourceId());

    put(with(version, new VersionStatus.Scheduled(SimWorld.START.plusSeconds(9))));
    assertThat(refusal(made.resourceId(), ""))
        .isEqualTo(new Problem.Unmet("version is SCHEDULED_FOR_DESTRUCTION", made.versionId()));

    put(with(version, new VersionStatus.Destroyed()));
    assertThat(refusal(made.resourceId(), made.versionId()))
        .isEqualTo(new Problem.Unmet("version is DESTROYED", made.versionId()));
  }

  @Test
  void aVersionThatIsNotThereIsNotFound() {
    Operation made = secret(Drafts.text("k", "v"));
    String other = secret(Drafts.text("k", "w")).versionId();

    for (String missing : List.of("e6qnone", other, "a\0b")) {
      assertThat(refusal(made.resourceId(), missing))
          .isEqualTo(new Problem.NotFound("version", missing));
    }
    for (String missing : List.of("e6qnone", "", "a\0b")) {
      assertThat(refusal(missing, "")).isEqualTo(new Problem.NotFound("secret", missing));
    }
  }

  @Test
  void aReaderOfPayloadsNeedsNoMetadataAndGetsNone() {
    Operation made = secret(Drafts.text("k", "v"));
    world.bind(made.resourceId(), Role.LOCKBOX_PAYLOAD_VIEWER, "ajereader");

    await(world.payloads().get(world.believed("ajereader"), made.resourceId(), "")).close();
    assertThat(problem(world.secrets().get(world.believed("ajereader"), made.resourceId())))
        .isInstanceOf(Problem.Denied.class);
  }

  @Test
  void aPayloadMovedBelowTheBarrierDoesNotOpen() {
    Operation mine = secret(Drafts.text("k", "mine"));
    Operation theirs = secret(Drafts.text("k", "theirs"));
    Bytes here = Keyspace.payload(mine.resourceId(), mine.versionId());
    Bytes there = Keyspace.payload(theirs.resourceId(), theirs.versionId());

    write(world.untrusted(), here, read(world.untrusted(), there));

    assertDoesNotOpen(mine);
  }

  @Test
  void aPayloadMovedThroughTheBarrierDoesNotOpenEither() {
    Operation mine = secret(Drafts.text("k", "mine"));
    Operation theirs = secret(Drafts.text("k", "theirs"));

    write(
        Keyspace.payload(mine.resourceId(), mine.versionId()),
        read(world.engine(), Keyspace.payload(theirs.resourceId(), theirs.versionId())));
    assertDoesNotOpen(mine);

    write(
        Keyspace.dataKey(mine.resourceId(), mine.versionId()),
        read(world.engine(), Keyspace.dataKey(theirs.resourceId(), theirs.versionId())));
    assertDoesNotOpen(mine);
  }

  @Test
  void entriesThatChangePlacesInOnePayloadDoNotOpen() {
    Operation made = secret(Drafts.text("a", "1"), Drafts.text("b", "2"));
    Bytes key = Keyspace.payload(made.resourceId(), made.versionId());
    coffer.stored.PayloadRow row = PayloadCodec.decode(read(world.engine(), key));

    write(
        key,
        PayloadCodec.encode(
            row.toBuilder()
                .setEntries(0, row.getEntries(0).toBuilder().setKey("b"))
                .setEntries(1, row.getEntries(1).toBuilder().setKey("a"))
                .build()));

    assertDoesNotOpen(made);
  }

  private void assertDoesNotOpen(Operation made) {
    int records = world.records().size();
    assertThatThrownBy(
            () -> await(world.payloads().get(world.admin(), made.resourceId(), made.versionId())))
        .isInstanceOf(TamperedException.class);
    assertThat(world.records()).hasSize(records);
  }

  @Test
  void aPayloadWithoutItsKeyIsGone() {
    Operation made = secret(Drafts.text("a", "1"));
    await(
        world
            .engine()
            .write(tx -> {
              tx.delete(Keyspace.dataKey(made.resourceId(), made.versionId()));
              return true;
            }));

    assertThatThrownBy(() -> await(world.payloads().get(world.admin(), made.resourceId(), "")))
        .isInstanceOf(EngineException.Corrupt.class);
  }

  @Test
  void noRecordNoAnswer() {
    try (SimWorld failing = SimWorld.committing(5);
        CreateSecret command = Drafts.secret(failing.folder().id(), "n", Drafts.text("k", "v"))) {
      String secretId = await(failing.secrets().create(failing.admin(), command)).resourceId();
      int records = failing.records().size();

      failing.failCommits(true);
      assertThatThrownBy(() -> await(failing.payloads().get(failing.admin(), secretId, "")))
          .isInstanceOf(EngineException.Unavailable.class);

      failing.failCommits(false);
      assertThat(failing.records()).hasSize(records);
      await(failing.payloads().get(failing.admin(), secretId, "")).close();
      assertThat(failing.records()).hasSize(records + 1);
    }
  }

  @Test
  void aRefusalThatCannotBeWrittenDownIsNotTold() {
    try (SimWorld failing = SimWorld.committing(5)) {
      failing.failCommits(true);
      for (var stage :
          List.of(
              failing.payloads().get(failing.believed("ajestranger"), "e6qnone", ""),
              failing.secrets().get(failing.believed("ajestranger"), "e6qnone"))) {
        assertThatThrownBy(() -> await(stage)).isInstanceOf(EngineException.Unavailable.class);
      }
      failing.failCommits(false);
      assertThat(failing.records()).hasSize(1);
    }
  }

  @Test
  void whatAVersionWasGeneratedByIsAbsentIfItWasSent() {
    Operation made = secret(Drafts.text("a", "1"));
    assertThat(version(made.resourceId()).password()).isEqualTo(Optional.empty());
  }

  private static SecretReference named(String folderId, String name) {
    return new SecretReference.ByName(folderId, name);
  }

  private Operation called(String name) {
    try (CreateSecret command =
        Drafts.secret(world.folder().id(), name, Drafts.text("k", "of " + name))) {
      return await(world.secrets().create(world.admin(), command));
    }
  }

  @Test
  void aSecretIsFoundByItsFolderAndItsExactName() {
    Operation made = called("db");
    called("DB");

    try (Payload payload =
        await(world.payloads().getEx(world.admin(), named(world.folder().id(), "db"), ""))) {
      assertThat(payload.secretId()).isEqualTo(made.resourceId());
      assertThat(payload.versionId()).isEqualTo(made.versionId());
    }
    assertThat(world.records().getLast().getEventType())
        .isEqualTo("yandex.cloud.audit.lockbox.GetPayloadEx");
    assertThat(problem(world.payloads().getEx(world.admin(), named(world.folder().id(), "Db"), "")))
        .isEqualTo(new Problem.NotFound("secret", "Db"));
    assertThat(problem(world.payloads().getEx(world.admin(), named("b1gnone", "db"), "")))
        .isEqualTo(new Problem.NotFound("folder", "b1gnone"));
  }

  @Test
  void inTheDockerFolderANameIsFoundInAnyCase() {
    Operation made = docker("Db", (byte) 'v');
    try (Payload payload =
        await(world.payloads().getEx(world.admin(), named(world.dockerFolder().id(), "dB"), ""))) {
      assertThat(payload.secretId()).isEqualTo(made.resourceId());
    }
  }

  @Test
  void aNameOfSeveralSecretsIsOfNone() {
    called("db");
    called("db");
    assertThat(problem(world.payloads().getEx(world.admin(), named(world.folder().id(), "db"), "")))
        .isEqualTo(
            new Problem.Unmet("is the name of several secrets of the folder, ask by id", "db"));
  }

  @Test
  void whoMayReadNoneOfANameIsToldTheSameWhetherThereIsOne() {
    Operation made = called("db");
    world.bind(made.resourceId(), Role.LOCKBOX_EDITOR, "ajeeditor");
    for (String name : List.of("db", "none")) {
      assertThat(
              problem(
                  world
                      .payloads()
                      .getEx(world.believed("ajeeditor"), named(world.folder().id(), name), "")))
          .isEqualTo(new Problem.Denied("resource-manager.folder", world.folder().id()));
    }
    world.bind(made.resourceId(), Role.LOCKBOX_PAYLOAD_VIEWER, "ajereader");
    await(world.payloads().getEx(world.believed("ajereader"), named(world.folder().id(), "db"), ""))
        .close();
  }

  @Test
  void aSecretOfBeforeTheIndexIsFoundByItsNameAfterTheNextStart() {
    called("db");
    called("");
    world.rows().stream()
        .map(Row::key)
        .filter(key -> key.at(0) == 'm')
        .forEach(key ->
            await(
                world
                    .engine()
                    .write(tx -> {
                      tx.delete(key);
                      return true;
                    })));
    SecretReference db = named(world.folder().id(), "db");
    assertThat(problem(world.payloads().getEx(world.admin(), db, "")))
        .isEqualTo(new Problem.NotFound("secret", "db"));

    assertThat(await(NameIndex.complete(world.engine(), world.keyring()))).isTrue();
    await(world.payloads().getEx(world.admin(), db, "")).close();
    List<Row> rows = world.rows();
    assertThat(await(NameIndex.complete(world.engine(), world.keyring()))).isFalse();
    assertThat(world.rows()).isEqualTo(rows);
  }

  @Test
  void namesAreNotInKeysAsTheyAre() {
    called("canary-name");
    assertThat(world.rows())
        .noneMatch(
            row -> new String(row.key().shared(), StandardCharsets.UTF_8).contains("canary-name"));
  }
}
