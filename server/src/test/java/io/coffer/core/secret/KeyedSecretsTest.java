package io.coffer.core.secret;

import static io.coffer.testing.SimWorld.await;
import static io.coffer.testing.SimWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.stored.AuditRecord;
import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Keyspace;
import io.coffer.core.access.Role;
import io.coffer.core.kms.KeyDrafts;
import io.coffer.core.kms.SymmetricKey;
import io.coffer.core.operation.Operation;
import io.coffer.crypto.TamperedException;
import io.coffer.crypto.TenantCiphertext;
import io.coffer.testing.Drafts;
import io.coffer.testing.SimWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Secrets whose versions are under a tenant's key. */
@Timeout(60)
final class KeyedSecretsTest {
  private final SimWorld world = SimWorld.of(31);
  private final String keyId = KeyDrafts.made(world);

  @AfterEach
  void everyTestLeavesASoundTrail() {
    world.records();
    world.close();
  }

  private static Operation made(SimWorld world, Call call, String keyId) {
    try (CreateSecret command = Drafts.keyed(world.folder().id(), keyId, Drafts.text("k", "v"))) {
      return await(world.secrets().create(call, command));
    }
  }

  private Operation made() {
    return made(world, world.admin(), keyId);
  }

  private static String read(SimWorld world, Call call, String secretId, String versionId) {
    try (Payload payload = await(world.payloads().get(call, secretId, versionId))) {
      return Drafts.text(payload.entries().getFirst());
    }
  }

  private String read(String secretId) {
    return read(world, world.admin(), secretId, "");
  }

  private Problem refusal(Call call, String secretId) {
    return problem(world.payloads().get(call, secretId, ""));
  }

  private Operation added(Call call, String secretId, String value) {
    try (AddVersion command = Drafts.version(secretId, Drafts.text("more", value))) {
      return await(world.versions().add(call, command));
    }
  }

  @Test
  void itsDataKeyIsUnderThePrimaryVersionOfTheKey() {
    Operation made = made();

    assertThat(read(made.resourceId())).isEqualTo("v");
    Bytes row =
        world
            .engine()
            .read(tx ->
                tx.get(Keyspace.dataKey(made.resourceId(), made.versionId()))
                    .orElseThrow()
                    .value());
    TenantCiphertext parts = TenantCiphertext.decode(row).orElseThrow();
    assertThat(parts.keyId()).isEqualTo(keyId);
    assertThat(parts.versionId())
        .isEqualTo(await(world.keys().get(world.admin(), keyId)).primary().id());
  }

  @Test
  void aReaderNeedsTheRightToDecrypt() {
    String secretId = made().resourceId();
    world.bind(secretId, Role.LOCKBOX_PAYLOAD_VIEWER, "ajereader");
    Call reader = world.believed("ajereader");
    Problem denied = new Problem.Denied("kms.symmetricKey", keyId);
    assertThat(refusal(reader, secretId)).isEqualTo(denied);
    world.bind(keyId, Role.KMS_KEYS_ENCRYPTER, "ajereader");
    world.bind(keyId, Role.KMS_ADMIN, "ajereader");
    assertThat(refusal(reader, secretId)).isEqualTo(denied);

    world.bind(keyId, Role.KMS_KEYS_ENCRYPTER_DECRYPTER, "ajereader");
    assertThat(read(world, reader, secretId, "")).isEqualTo("v");
  }

  @Test
  void aWriterNeedsTheRightToEncryptAndNoOther() {
    world.bind(world.folder().id(), Role.LOCKBOX_EDITOR, "ajewriter");
    Call writer = world.believed("ajewriter");
    try (CreateSecret command = Drafts.keyed(world.folder().id(), keyId, Drafts.text("k", "v"))) {
      assertThat(problem(world.secrets().create(writer, command)))
          .isEqualTo(new Problem.Denied("kms.symmetricKey", keyId));
    }
    String secretId = made().resourceId();
    try (AddVersion command = Drafts.version(secretId, Drafts.text("more", "w"))) {
      assertThat(problem(world.versions().add(writer, command)))
          .isEqualTo(new Problem.Denied("kms.symmetricKey", keyId));
    }

    world.bind(keyId, Role.KMS_KEYS_ENCRYPTER, "ajewriter");
    assertThat(made(world, writer, keyId)).isNotNull();
    added(writer, secretId, "w");
    try (Payload payload = await(world.payloads().get(world.admin(), secretId, ""))) {
      assertThat(payload.entries()).extracting(PayloadEntry::key).containsExactly("k", "more");
    }
  }

  @Test
  void aKeyThatIsNotThereIsNotFoundAlsoWithoutAVersion() {
    for (PayloadEntry[] entries :
        List.of(new PayloadEntry[0], new PayloadEntry[] {Drafts.text("k", "v")})) {
      try (CreateSecret command = Drafts.keyed(world.folder().id(), "abjnone", entries)) {
        assertThat(problem(world.secrets().create(world.admin(), command)))
            .isEqualTo(new Problem.NotFound("symmetric key", "abjnone"));
      }
    }
  }

  @Test
  void everyAccessIsAUseOfTheKeyOnRecord() {
    Operation made = made();
    read(made.resourceId());

    List<AuditRecord> records = world.records();
    List<AuditRecord> last = records.subList(records.size() - 4, records.size());
    assertThat(last)
        .extracting(AuditRecord::getEventType)
        .containsExactly(
            "yandex.cloud.audit.kms.Encrypt",
            "yandex.cloud.audit.lockbox.CreateSecret",
            "yandex.cloud.audit.kms.Decrypt",
            "yandex.cloud.audit.lockbox.GetPayload");
    assertThat(last.get(2).getDetailsList().toString())
        .contains(keyId, made.resourceId(), made.versionId());
    assertThat(last.get(3).getDetailsList().toString()).contains("secret_kms_key_id", keyId);
  }

  @Test
  void aDisabledKeyMakesItUnreadableAndUnwritableUntilItIsActive() {
    String secretId = made().resourceId();
    Problem inactive = new Problem.Unmet("key is INACTIVE", keyId);
    await(
        world.keys().update(world.admin(), KeyDrafts.status(keyId, SymmetricKey.Status.INACTIVE)));

    assertThat(refusal(world.admin(), secretId)).isEqualTo(inactive);
    try (CreateSecret command = Drafts.keyed(world.folder().id(), keyId, Drafts.text("k", "v"))) {
      assertThat(problem(world.secrets().create(world.admin(), command))).isEqualTo(inactive);
    }
    assertThat(await(world.secrets().get(world.admin(), secretId)).secret().kmsKeyId())
        .isEqualTo(keyId);

    await(world.keys().update(world.admin(), KeyDrafts.status(keyId, SymmetricKey.Status.ACTIVE)));
    assertThat(read(secretId)).isEqualTo("v");
  }

  @Test
  void thatNothingChangedIsToldOnlyToThoseWhoCouldReadIt() {
    Operation made = made();
    String secretId = made.resourceId();
    world.bind(secretId, Role.LOCKBOX_PAYLOAD_VIEWER, "ajereader");
    Call reader = world.believed("ajereader");
    assertThat(problem(world.payloads().current(reader, secretId, "")))
        .isEqualTo(new Problem.Denied("kms.symmetricKey", keyId));

    world.bind(keyId, Role.KMS_KEYS_DECRYPTER, "ajereader");
    assertThat(await(world.payloads().current(reader, secretId, ""))).contains(made.versionId());

    String keyVersion = await(world.keys().get(world.admin(), keyId)).primary().id();
    await(world.keys().rotate(world.admin(), keyId));
    await(
        world
            .keyVersions()
            .scheduleDestruction(world.admin(), keyId, keyVersion, Duration.ofDays(1)));
    assertThat(problem(world.payloads().current(reader, secretId, "")))
        .isEqualTo(new Problem.Unmet("key version is SCHEDULED_FOR_DESTRUCTION", keyVersion));
    await(
        world.keys().update(world.admin(), KeyDrafts.status(keyId, SymmetricKey.Status.INACTIVE)));
    assertThat(problem(world.payloads().current(reader, secretId, "")))
        .isEqualTo(new Problem.Unmet("key is INACTIVE", keyId));
  }

  @Test
  void rotationLeavesOldVersionsReadable() {
    Operation old = made();
    await(world.keys().rotate(world.admin(), keyId));
    added(world.admin(), old.resourceId(), "w");

    assertThat(read(world, world.admin(), old.resourceId(), old.versionId())).isEqualTo("v");
    assertThat(read(old.resourceId())).isEqualTo("v");
  }

  @Test
  void aDestroyedVersionOfTheKeyMakesWhatIsUnderItUnreadable() {
    String keyVersion = await(world.keys().get(world.admin(), keyId)).primary().id();
    Operation old = made();
    await(world.keys().rotate(world.admin(), keyId));
    Operation young = made();
    await(
        world
            .keyVersions()
            .scheduleDestruction(world.admin(), keyId, keyVersion, Duration.ofDays(1)));
    assertThat(refusal(world.admin(), old.resourceId()))
        .isEqualTo(new Problem.Unmet("key version is SCHEDULED_FOR_DESTRUCTION", keyVersion));

    world.advance(Duration.ofDays(1));
    assertThat(world.runDue()).isEqualTo(1);

    assertThat(refusal(world.admin(), old.resourceId()))
        .isEqualTo(new Problem.Unmet("key version is DESTROYED", keyVersion));
    assertThat(read(young.resourceId())).isEqualTo("v");
  }

  @Test
  void aDeletedKeyMakesItUnreadable() {
    String secretId = made().resourceId();
    await(world.keys().delete(world.admin(), keyId));

    assertThat(refusal(world.admin(), secretId))
        .isEqualTo(new Problem.Unmet("its symmetric key is deleted", keyId));
    try (AddVersion command = Drafts.version(secretId, Drafts.text("more", "w"))) {
      assertThat(problem(world.versions().add(world.admin(), command)))
          .isEqualTo(new Problem.Unmet("its symmetric key is deleted", keyId));
    }
  }

  @Test
  void aDataKeyMovedToAnotherSecretDoesNotOpen() {
    Operation mine = made();
    Operation theirs = made();
    await(
        world
            .engine()
            .write(tx -> {
              tx.put(
                  Keyspace.dataKey(mine.resourceId(), mine.versionId()),
                  tx.get(Keyspace.dataKey(theirs.resourceId(), theirs.versionId()))
                      .orElseThrow()
                      .value());
              return true;
            }));

    assertThatThrownBy(() -> read(mine.resourceId())).isInstanceOf(TamperedException.class);
  }

  @Test
  void rotationsUnderLoadFailNoRead() {
    try (SimWorld busy = SimWorld.committing(32)) {
      String id = KeyDrafts.made(busy);
      Operation secret = made(busy, busy.admin(), id);
      AtomicBoolean over = new AtomicBoolean();
      AtomicInteger reads = new AtomicInteger();
      List<CompletableFuture<Void>> readers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        readers.add(
            CompletableFuture.runAsync(() -> {
              while (!over.get()) {
                assertThat(read(busy, busy.admin(), secret.resourceId(), "")).isEqualTo("v");
                reads.incrementAndGet();
              }
            }));
      }
      try {
        for (int i = 0; i < 50; i++) {
          await(busy.keys().rotate(busy.admin(), id));
          int before = reads.get();
          while (reads.get() < before + 2
              && readers.stream().noneMatch(CompletableFuture::isDone)) {
            Thread.onSpinWait();
          }
        }
      } finally {
        over.set(true);
      }
      CompletableFuture.allOf(readers.toArray(CompletableFuture<?>[]::new)).join();
      assertThat(reads.get()).isGreaterThanOrEqualTo(100);
    }
  }
}
